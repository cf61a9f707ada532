namespace Credit.OData;

/// <summary>
/// Integers of lists that are wider than 32 bits. The parser refuses them beside a column that is not, which equals none of them: there they are left out.
/// Which lists stand beside such a column is found by asking the parser.
/// </summary>
internal static class WideIntegers
{
    // Each list that has some is tried by itself.
    private const int MostLists = 20;

    /// <summary>The text without those that no column beside them can hold; null where there are none.</summary>
    /// <param name="text">The text, which the parser refuses.</param>
    /// <param name="parses">Tries a text.</param>
    public static string? Without(string text, Func<string, bool> parses)
    {
        var lists = Narrowed(text, _ => true).Lists;
        if (lists is 0 or > MostLists)
        {
            return null;
        }

        var kept = Enumerable.Range(0, lists).Where(list => parses(Narrowed(text, other => other != list).Text)).ToHashSet();
        return Narrowed(text, list => !kept.Contains(list)).Text;
    }

    private static (string Text, int Lists) Narrowed(string text, Func<int, bool> narrows)
    {
        var (inList, waits, lists) = (false, false, 0);
        List<string> written = [], list = [];
        foreach (var (piece, isWord) in QueryText.Pieces(text))
        {
            if (inList && piece is ")" or "]")
            {
                string[] whole = [.. QueryText.Parts(string.Concat(list), ',')];
                string[] narrow = [.. whole.Where(value => !IsWide(value.Trim()))];
                var is32 = narrow.Length < whole.Length && narrows(lists);
                lists += narrow.Length < whole.Length ? 1 : 0;
                written.AddRange(is32 ? ["[", string.Join(',', narrow), "]"] : [piece == ")" ? "(" : "[", .. list, piece]);
                (inList, list) = (false, []);
            }
            else if (inList)
            {
                list.Add(piece);
            }
            else if (waits && piece is "(" or "[")
            {
                inList = true;
            }
            else
            {
                written.Add(piece);
            }

            waits = (isWord && piece.Equals("in", StringComparison.OrdinalIgnoreCase)) || (waits && piece is " ");
        }

        return inList ? (text, 0) : (string.Concat(written), lists);
    }

    private static bool IsWide(string value) => long.TryParse(value, out var integer) && integer is > int.MaxValue or < int.MinValue;
}
