using System.Collections.Immutable;
using System.Text;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>
/// What 4.01 says of the members of a collection inside an expression, spelt the parser's way: <c>$this</c>, and <c>/$filter(…)/$count</c>. Of the values that
/// a column holds it counts none by a condition: it is told of a function of the values that are meant.
/// </summary>
internal static class Inner
{
    /// <summary>Name of the function that counts the values an <c>any</c> would look for.</summary>
    public const string Counted = "counted";

    private const string Value = "this_";

    private static readonly ImmutableArray<string> Words = ["$count", "$filter", "$it", "$root", "$these", "$this"];

    static Inner() => CustomUriFunctions.AddCustomUriFunction(
        Counted, new FunctionSignatureWithReturnType(EdmCoreModel.Instance.GetInt64(false), EdmCoreModel.Instance.GetBoolean(true)));

    /// <summary>The text of an option, whose inner options have their dollar.</summary>
    /// <exception cref="QueryRefusedException">It says what the parser cannot be told.</exception>
    public static string Spelt(string option, string text) => text.Contains('$', StringComparison.Ordinal) || text.Contains("/aggregate(", StringComparison.Ordinal) || text.Contains(Counted, StringComparison.OrdinalIgnoreCase)
        ? Spelt(option, [.. Steps(QueryText.Pieces(text))], inCount: false, ofValues: false)
        : text;

    // The parser takes these words in either case, and blanks before a parenthesis.
    private static IEnumerable<string> Steps(IEnumerable<(string Text, bool IsWord)> pieces)
    {
        var blanks = "";
        var isStep = false;
        foreach (var (piece, isWord) in pieces)
        {
            if (isStep && piece == " ")
            {
                blanks += piece;
                continue;
            }

            if (piece != "(")
            {
                foreach (var blank in blanks)
                {
                    yield return $"{blank}";
                }
            }

            blanks = "";
            var word = isWord && piece[0] == '$' ? Words.FirstOrDefault(each => each.Equals(piece, StringComparison.OrdinalIgnoreCase)) : null;
            isStep = word is "$count" or "$filter";
            yield return word ?? piece;
        }

        foreach (var blank in blanks)
        {
            yield return $"{blank}";
        }
    }

    private static string Spelt(string option, ReadOnlySpan<string> pieces, bool inCount, bool ofValues)
    {
        var spelt = new StringBuilder();
        for (var i = 0; i < pieces.Length; i++)
        {
            var (isCalled, isStep) = (i + 1 < pieces.Length && pieces[i + 1] == "(", i > 0 && pieces[i - 1] == "/");
            switch (pieces[i])
            {
                // The row a condition is asked of is what its names begin at.
                case "$this" when i + 1 < pieces.Length && pieces[i + 1] == "/" && !ofValues:
                    i++;
                    break;
                case "$this" when ofValues:
                    spelt.Append(Value);
                    break;
                case "$it" when inCount:
                case "$this" or "$root" or "$these":
                    throw QueryRefusedException.Unsupported(pieces[i]);
                case "$count" when isStep && isCalled:
                    var end = EndOf(option, pieces, i + 1);
                    Count(option, spelt, pieces[(i + 2)..end], inCount);
                    i = end;
                    break;
                case "aggregate" when isStep && isCalled && option != "$apply":
                    throw Functions.NotSupported(option, pieces[i]);
                case "$filter" when isStep && isCalled:
                    end = EndOf(option, pieces, i + 1);
                    if (!(end + 2 < pieces.Length && pieces[end + 1] == "/" && pieces[end + 2] == "$count") || (end + 3 < pieces.Length && pieces[end + 3] == "("))
                    {
                        throw QueryRefusedException.Unsupported("/$filter");
                    }

                    Count(option, spelt, ["$filter", "=", .. pieces[(i + 2)..end]], inCount);
                    i = end + 2;
                    break;
                case var word when isCalled && word.Equals(Counted, StringComparison.OrdinalIgnoreCase):
                    throw QueryRefusedException.Invalid(option);
                default:
                    spelt.Append(pieces[i]);
                    break;
            }
        }

        return spelt.ToString();
    }

    /// <summary>Adds a count with options to a text that ends with the path of what is counted.</summary>
    private static void Count(string option, StringBuilder spelt, ReadOnlySpan<string> options, bool inCount)
    {
        if (!SaysBareThis(options))
        {
            spelt.Append("$count(").Append(Spelt(option, options, inCount: true, ofValues: false)).Append(')');
            return;
        }

        if (QueryText.Parts(string.Concat(options.ToArray()), ';').Count() > 1 || options is not ["$filter", "=", ..])
        {
            throw QueryRefusedException.Unsupported("$search");
        }

        var start = spelt.Length;
        while (start > 0 && (char.IsLetterOrDigit(spelt[start - 1]) || spelt[start - 1] is '_' or '/' or '.' or '$'))
        {
            start--;
        }

        spelt.Insert(start, Counted + "(").Append("any(").Append(Value).Append(':').Append(Spelt(option, options[2..], inCount, ofValues: true)).Append("))");
    }

    // A value has no names of its own: it stands by itself. What is counted inside has a this of its own.
    private static bool SaysBareThis(ReadOnlySpan<string> pieces)
    {
        var (depth, inner) = (0, int.MaxValue);
        for (var i = 0; i < pieces.Length; i++)
        {
            depth += pieces[i] switch { "(" => 1, ")" => -1, _ => 0 };
            inner = depth < inner ? int.MaxValue : inner;
            if (inner == int.MaxValue && i > 0 && pieces[i - 1] == "/" && pieces[i] is "$count" or "$filter")
            {
                inner = depth + 1;
            }
            else if (depth < inner && pieces[i] == "$this" && !(i + 1 < pieces.Length && pieces[i + 1] == "/"))
            {
                return true;
            }
        }

        return false;
    }

    private static int EndOf(string option, ReadOnlySpan<string> pieces, int open)
    {
        var depth = 0;
        for (var i = open; i < pieces.Length; i++)
        {
            depth += pieces[i] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        throw QueryRefusedException.Invalid(option);
    }
}
