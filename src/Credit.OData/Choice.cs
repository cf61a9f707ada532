using System.Text;
using System.Text.RegularExpressions;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>
/// <c>case(condition:value,…)</c>, which the parser does not know: it is told of a function whose arguments are condition and value in turn, once
/// for each type of values and each number of pairs, and the text is spelt as a call of it.
/// </summary>
internal static partial class Choice
{
    /// <summary>Name of the function.</summary>
    public const string Name = "case";

    private const int MostPairs = 10;

    static Choice()
    {
        var whether = EdmCoreModel.Instance.GetBoolean(true);
        EdmPrimitiveTypeKind[] kinds =
        [
            EdmPrimitiveTypeKind.String, EdmPrimitiveTypeKind.Boolean, EdmPrimitiveTypeKind.Int32, EdmPrimitiveTypeKind.Int64, EdmPrimitiveTypeKind.Decimal, EdmPrimitiveTypeKind.Date,
            EdmPrimitiveTypeKind.DateTimeOffset, EdmPrimitiveTypeKind.TimeOfDay, EdmPrimitiveTypeKind.Duration, EdmPrimitiveTypeKind.Guid,
        ];
        foreach (var type in kinds.Select(kind => EdmCoreModel.Instance.GetPrimitive(kind, true)))
        {
            for (var pairs = 1; pairs <= MostPairs; pairs++)
            {
                CustomUriFunctions.AddCustomUriFunction(
                    Name, new FunctionSignatureWithReturnType(type, [.. Enumerable.Range(0, pairs * 2).Select(i => i % 2 == 0 ? whether : (IEdmTypeReference)type)]));
            }
        }
    }

    /// <summary>The text with every pair spelt as two arguments.</summary>
    /// <param name="option">The option it belongs to, for refusals.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="QueryRefusedException">A pair is none.</exception>
    public static string Spelt(string option, string text)
    {
        var spelt = new StringBuilder();
        var pieces = QueryText.Pieces(text).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            if (!(pieces[i].IsWord && pieces[i].Text.Equals(Name, StringComparison.OrdinalIgnoreCase) && i + 1 < pieces.Length && pieces[i + 1].Text == "("))
            {
                spelt.Append(pieces[i].Text);
                continue;
            }

            var (depth, end) = (0, i + 1);
            for (; end < pieces.Length; end++)
            {
                depth += pieces[end].Text switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 };
                if (depth == 0)
                {
                    break;
                }
            }

            var inner = string.Concat(pieces[(i + 2)..Math.Min(end, pieces.Length)].Select(piece => piece.Text));
            var pairs = QueryText.Parts(inner, ',').Select(pair => Pair(option, pair)).ToArray();
            if (end >= pieces.Length || pairs.Length > MostPairs)
            {
                throw end >= pieces.Length ? QueryRefusedException.Invalid(option) : QueryRefusedException.TooMuch(option, $"{MostPairs} pairs of one case");
            }

            spelt.Append(Name).Append('(').AppendJoin(',', pairs).Append(')');
            i = end;
        }

        return spelt.ToString();
    }

    /// <summary>Where a pair is parted. Times and instants hold colons of their own; a count before a colon may look like one.</summary>
    private static string Pair(string option, string pair)
    {
        var (depth, at, quote) = (0, new List<int>(), '\0');
        for (var i = 0; i < pair.Length; i++)
        {
            quote = quote == pair[i] ? '\0' : quote == '\0' && pair[i] is '\'' or '"' ? pair[i] : quote;
            depth += quote != '\0' ? 0 : pair[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth == 0 && quote == '\0' && pair[i] == ':')
            {
                at.Add(i);
            }
        }

        if (at.Count > 1)
        {
            var times = Times().Matches(pair);
            at.RemoveAll(colon => times.Any(time => time.Index < colon && colon < time.Index + time.Length));
        }

        return at is [var one] ? $"{Spelt(option, pair[..one])},{Spelt(option, pair[(one + 1)..])}" : throw QueryRefusedException.Invalid(option);
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:[0-9]{4,}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?![0-9])(?:\.[0-9]+)?)?(?:[+-][0-9]{2}:[0-9]{2})?")]
    private static partial Regex Times();
}
