using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.OData;
using Credit.OData.Writing;

namespace Credit.Core.Tests.OData;

/// <summary>A random query of a set with its meaning: what it lets through, and in which order, worked out here from the whole list.</summary>
/// <param name="Options">The query, ready for an address.</param>
/// <param name="Filter">Rows it lets through.</param>
/// <param name="Order">Columns sorted by, the key last.</param>
/// <param name="Page">Rows of a page.</param>
/// <param name="Top">Rows wanted at most.</param>
/// <param name="Skip">Rows left out.</param>
internal sealed partial record RandomQuery(
    string Options, Func<JsonElement, bool> Filter, IReadOnlyList<(AnswerColumn Column, bool Descending)> Order, int Page, int? Top, int Skip)
{
    /// <summary>A query of this set whose literals are, for the most part, values that occur.</summary>
    public static RandomQuery Of(QueryableSet set, IReadOnlyList<JsonElement> rows, int seed)
    {
        var random = new Random(seed);
        var columns = set.Layout.Columns.Where(column => set.Shape.Filterable.Contains(column.Name) && column.Kind is not CellKind.Other).ToArray();
        var (filter, meaning) = Condition(random, columns, rows, depth: 3);
        filter = random.Next(24) switch
        {
            0 => $"case({filter}:true,true:false)",
            1 => $"case({filter}:1) ne null",
            2 => $"case(not ({filter}):'no',{filter}:'yes') eq 'yes'",
            _ => filter,
        };
        var sortable = set.Layout.Columns.Where(column => set.Shape.Sortable.Contains(column.Name)).OrderBy(_ => random.Next()).Take(random.Next(3)).ToArray();
        List<(AnswerColumn Column, bool Descending)> order = [.. sortable.Select(column => (column, random.Next(2) == 0))];
        List<string> options = [];
        if (random.Next(5) > 0)
        {
            options.Add($"$filter={Uri.EscapeDataString(filter)}");
        }
        else
        {
            meaning = _ => true;
        }

        if (order.Count > 0)
        {
            options.Add("$orderby=" + Uri.EscapeDataString(string.Join(',', order.Select(each => each.Column.Name + (each.Descending ? " desc" : "")))));
        }

        var key = set.Layout.Columns[set.Layout.Key];
        if (!order.Exists(each => each.Column == key))
        {
            order.Add((key, false));
        }

        int? top = random.Next(3) == 0 ? random.Next(40) : null;
        var skip = random.Next(4) == 0 ? random.Next(12) : 0;
        if (top is not null)
        {
            options.Add($"$top={top}");
        }

        if (skip > 0)
        {
            options.Add($"$skip={skip}");
        }

        if (random.Next(3) == 0)
        {
            options.Add("$count=true");
        }

        if (random.Next(3) == 0)
        {
            options.Add("$select=" + string.Join(',', set.Layout.Columns.Where(_ => random.Next(3) == 0).Append(key).Select(column => column.Name).Distinct()));
        }

        return new(string.Join('&', options), meaning, order, 1 + random.Next(9), top, skip);
    }

    /// <summary>Keys of the rows it shows, in order, worked out from the whole list.</summary>
    public IReadOnlyList<string> Expected(IEnumerable<JsonElement> rows, string key)
    {
        var sorted = rows.Where(Filter).Order(Comparer<JsonElement>.Create((left, right) => Order
            .Select(each => Compare(left.GetProperty(each.Column.Name), right.GetProperty(each.Column.Name), each.Column.Kind) * (each.Descending ? -1 : 1))
            .FirstOrDefault(sign => sign != 0)));
        return [.. sorted.Skip(Skip).Take(Top ?? int.MaxValue).Select(row => row.GetProperty(key).ToString())];
    }

    private static (string Text, Func<JsonElement, bool> Meaning) Condition(Random random, AnswerColumn[] columns, IReadOnlyList<JsonElement> rows, int depth)
    {
        var (text, meaning) = Node(random, columns, rows, depth);
        return (text, row => meaning(row) == true);
    }

    // Null is neither true nor false, and the negation of neither is neither.
    private static (string Text, Func<JsonElement, bool?> Meaning) Node(Random random, AnswerColumn[] columns, IReadOnlyList<JsonElement> rows, int depth)
    {
        switch (depth == 0 ? 9 : random.Next(10))
        {
            case 0 or 1:
                var (left, leftMeaning) = Node(random, columns, rows, depth - 1);
                var (right, rightMeaning) = Node(random, columns, rows, depth - 1);
                return ($"({left} and {right})", row => leftMeaning(row) & rightMeaning(row));
            case 2 or 3:
                var (one, oneMeaning) = Node(random, columns, rows, depth - 1);
                var (other, otherMeaning) = Node(random, columns, rows, depth - 1);
                return ($"({one} or {other})", row => oneMeaning(row) | otherMeaning(row));
            case 4:
                var (inner, innerMeaning) = Node(random, columns, rows, depth - 1);
                return ($"not ({inner})", row => !innerMeaning(row));
            default:
                return Leaf(random, columns[random.Next(columns.Length)], rows);
        }
    }

    private static (string Text, Func<JsonElement, bool?> Meaning) Leaf(Random random, AnswerColumn column, IReadOnlyList<JsonElement> rows)
    {
        var (name, kind) = (column.Name, column.Kind);
        var value = rows[random.Next(rows.Count)].GetProperty(name);
        // A literal in an address holds no line feed; a cell may.
        if (value.ValueKind == JsonValueKind.Null || (kind == CellKind.Text && value.GetString()!.Contains('\n', StringComparison.Ordinal)) || random.Next(8) == 0)
        {
            return random.Next(2) == 0
                ? ($"{name} eq null", row => row.GetProperty(name).ValueKind == JsonValueKind.Null)
                : ($"{name} ne null", row => row.GetProperty(name).ValueKind != JsonValueKind.Null);
        }

        var literal = Literal(value, kind);
        if (kind == CellKind.Text && random.Next(3) == 0)
        {
            var whole = value.GetString()!;
            var part = whole.Length == 0 ? "" : Runes(whole)[random.Next(Runes(whole).Length)];
            if (random.Next(4) == 0)
            {
                var pattern = string.Concat(part.Select(letter => $"\\u{(int)letter:x4}"));
                return random.Next(2) == 0
                    ? ($"matchesPattern({name},'^{pattern}')", row => row.GetProperty(name) is { ValueKind: JsonValueKind.String } cell ? cell.GetString()!.StartsWith(part, StringComparison.Ordinal) : null)
                    : ($"matchesPattern({name},'(?:{pattern}|[^\\s\\w])')", row => row.GetProperty(name) is { ValueKind: JsonValueKind.String } cell
                        ? cell.GetString()!.Contains(part, StringComparison.Ordinal) || NoWord().IsMatch(cell.GetString()!) : null);
            }

            var (function, holds) = random.Next(3) switch
            {
                0 => ("contains", (Func<string, bool>)(text => text.Contains(part, StringComparison.Ordinal))),
                1 => ("startswith", text => text.StartsWith(part, StringComparison.Ordinal)),
                _ => ("endswith", text => text.EndsWith(part, StringComparison.Ordinal)),
            };
            return ($"{function}({name},{Quoted(part)})", row => row.GetProperty(name) is { ValueKind: JsonValueKind.String } cell ? holds(cell.GetString()!) : null);
        }

        if (kind != CellKind.Boolean && random.Next(4) == 0)
        {
            var others = Enumerable.Range(0, 3).Select(_ => rows[random.Next(rows.Count)].GetProperty(name)).Where(cell => cell.ValueKind != JsonValueKind.Null && !cell.ToString().Contains('\n', StringComparison.Ordinal)).Append(value).ToArray();
            return ($"{name} in ({string.Join(',', others.Select(cell => Literal(cell, kind)))})",
                row => row.GetProperty(name) is { ValueKind: not JsonValueKind.Null } cell && others.Any(each => Compare(cell, each, kind) == 0));
        }

        var operation = kind is CellKind.Boolean or CellKind.Guid ? random.Next(2) : random.Next(6);
        int? Sign(JsonElement row) => row.GetProperty(name) is { ValueKind: not JsonValueKind.Null } cell ? Compare(cell, value, kind) : null;
        return operation switch
        {
            0 => ($"{name} eq {literal}", row => Sign(row) == 0),
            1 => ($"{name} ne {literal}", row => Sign(row) != 0),
            2 => ($"{name} gt {literal}", row => Sign(row) > 0),
            3 => ($"{name} ge {literal}", row => Sign(row) >= 0),
            4 => ($"{name} lt {literal}", row => Sign(row) < 0),
            _ => ($"{name} le {literal}", row => Sign(row) <= 0),
        };
    }

    [GeneratedRegex(@"[^\s0-9A-Za-z_\ufeff]")]
    private static partial Regex NoWord();

    private static string Literal(JsonElement value, CellKind kind) => kind == CellKind.Text ? Quoted(value.GetString()!) : value.ToString() is var text && kind == CellKind.Boolean ? text.ToLowerInvariant() : value.ToString();

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string[] Runes(string text) => [.. text.EnumerateRunes().Select(rune => rune.ToString())];

    // Null is below every value; texts sort by their bytes, as this database has it.
    private static int Compare(JsonElement left, JsonElement right, CellKind kind) => (left.ValueKind == JsonValueKind.Null, right.ValueKind == JsonValueKind.Null) switch
    {
        (true, true) => 0,
        (true, false) => -1,
        (false, true) => 1,
        _ => kind switch
        {
            CellKind.Text or CellKind.Guid or CellKind.Date => Encoding.UTF8.GetBytes(left.GetString()!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.GetString()!)),
            CellKind.Instant => left.GetDateTimeOffset().CompareTo(right.GetDateTimeOffset()),
            CellKind.Boolean => left.GetBoolean().CompareTo(right.GetBoolean()),
            _ => decimal.Parse(left.GetRawText(), CultureInfo.InvariantCulture).CompareTo(decimal.Parse(right.GetRawText(), CultureInfo.InvariantCulture)),
        },
    };
}
