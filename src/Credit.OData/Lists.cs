using System.Collections.Frozen;

namespace Credit.OData;

/// <summary>
/// Lists, and those that hold null. The parser takes one only beside what it believes can be null, and of most functions it does not: it is given what stands
/// before the list as a choice without alternative, which can be.
/// </summary>
internal static class Lists
{
    // What may stand before a parenthesis and calls nothing.
    private static readonly FrozenSet<string> Operators =
        new[] { "not", "and", "or", "in", "has", "eq", "ne", "gt", "ge", "lt", "le", "add", "sub", "mul", "div", "divby", "mod" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text of an expression.</summary>
    /// <exception cref="QueryRefusedException">It holds a collection or an object that is no list of values to be among.</exception>
    public static string Spelt(string option, string text)
    {
        if (text.AsSpan().ContainsAny('[', '{'))
        {
            RefuseStructures(option, text);
        }

        if (!text.Contains("null", StringComparison.Ordinal) || !text.Contains(" in", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var pieces = QueryText.Pieces(text).Select(piece => piece.Text).ToList();
        for (var i = pieces.Count - 2; i > 1; i--)
        {
            if (pieces[i].Equals("in", StringComparison.OrdinalIgnoreCase) && pieces[i - 1] == " " && HoldsNull(pieces, i + 1))
            {
                var end = i - 1;
                while (end > 0 && pieces[end - 1] == " ")
                {
                    end--;
                }

                var start = StartOf(pieces, end - 1);
                if (start >= 0 && (pieces.FindIndex(start, end - start, piece => piece == "(") > start || pieces[end - 1] == "$count"))
                {
                    pieces.Insert(end, ")");
                    pieces.Insert(start, $" {Choice.Name}(true,");
                }
            }
        }

        return string.Concat(pieces);
    }

    private static void RefuseStructures(string option, string text)
    {
        var before = "";
        foreach (var (piece, _) in QueryText.Pieces(text).Where(piece => piece.Text != " "))
        {
            if (piece == "{" || (piece == "[" && !before.Equals("in", StringComparison.OrdinalIgnoreCase)))
            {
                throw new QueryRefusedException(501, "option-not-supported", option, "不支持集合和对象常量。", "Literals of collections and objects are not supported.");
            }

            before = piece;
        }
    }

    private static bool HoldsNull(List<string> pieces, int at)
    {
        while (at < pieces.Count && pieces[at] == " ")
        {
            at++;
        }

        if (at >= pieces.Count || pieces[at] is not ("(" or "["))
        {
            return false;
        }

        var depth = 0;
        var end = pieces.FindIndex(at, piece => (depth += piece switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 }) == 0);
        return end > at && pieces.FindIndex(at, end - at, piece => piece == "null") >= 0;
    }

    /// <summary>Where the path or the call begins that ends at a piece; negative where none does.</summary>
    private static int StartOf(List<string> pieces, int end)
    {
        while (end >= 0)
        {
            if (pieces[end] == ")")
            {
                var depth = 0;
                while (end >= 0 && (depth += pieces[end] switch { ")" => 1, "(" => -1, _ => 0 }) > 0)
                {
                    end--;
                }

                end = end > 0 && (char.IsLetter(pieces[end - 1][0]) || pieces[end - 1][0] == '$') && !Operators.Contains(pieces[end - 1]) ? end - 1 : end;
            }

            if (end < 2 || pieces[end - 1] != "/")
            {
                return end;
            }

            end -= 2;
        }

        return end;
    }
}
