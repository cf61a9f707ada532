using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Credit.OData;

/// <summary>One value rows are sorted by. Nulls sort below every value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Descending">Largest first.</param>
internal sealed record SortedBy(Term Value, bool Descending);

/// <summary>Sorting by values of which the last are unique, and the place after a given row: pages lose and double nothing over ties and nulls.</summary>
/// <param name="row">The row.</param>
/// <param name="order">What it is sorted by.</param>
/// <param name="name">What the order is called: a place in one order is nowhere in another.</param>
internal sealed class Paging(ParameterExpression row, IReadOnlyList<SortedBy> order, string name)
{
    private static readonly MethodInfo CompareTexts = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    /// <summary>Name of an order that is over columns.</summary>
    public static string NameOf(IEnumerable<OrderTerm> order) =>
        string.Join(',', order.Select(each => (each.Column?.Name ?? "?") + (each.Descending ? "-" : "+")));

    /// <param name="rows">The rows.</param>
    /// <param name="first">They are not sorted yet.</param>
    public IQueryable Sort(IQueryable rows, bool first = true)
    {
        foreach (var (value, descending) in order)
        {
            if (value.Nulls.Count > 0)
            {
                // False, which is null, comes before true. The database by itself would put nulls last.
                rows = rows.OrderBy(row, Expression.Condition(value.IsNull, Expression.Constant(0), Expression.Constant(1)), descending, first);
                first = false;
            }

            rows = rows.OrderBy(row, value.Whole, descending, first);
            first = false;
        }

        return rows;
    }

    /// <summary>The place after a row, to be sealed.</summary>
    /// <param name="values">Values of the row that it is sorted by.</param>
    public string TokenAfter(IEnumerable<object?> values) => TokenAfter(name, values);

    /// <summary>Only rows after the place.</summary>
    /// <exception cref="QueryRefusedException">The token was never given out for this order.</exception>
    public IQueryable After(IQueryable rows, string token)
    {
        var place = Read(token, name, [.. order.Select(each => (each.Value.Type, each.Value.Nulls.Count > 0))]);
        Expression? after = null;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var (beyond, same) = (Beyond(order[i], place[i]), Same(order[i].Value, place[i]));
            after = after is null ? beyond : Expression.OrElse(beyond, Expression.AndAlso(same, after));
        }

        return rows.Where(row, after!);
    }

    /// <summary>Values of columns to go on after, for an order over columns.</summary>
    /// <exception cref="QueryRefusedException">The token was never given out for this order.</exception>
    public static object?[] PlaceOf(string token, IReadOnlyList<OrderTerm> order) => Read(
        token, NameOf(order), [.. order.Select(term => (Nullable.GetUnderlyingType(term.Column!.PropertyType) ?? term.Column.PropertyType, Translator.IsNullable(term.Column)))]);

    /// <summary>The place after a row with these values, to be sealed.</summary>
    public static string TokenAfter(string name, IEnumerable<object?> values) => $"[{string.Join(',', values.Prepend(name).Select(Written))}]";

    // Names are long and addresses are not: the seal covers a text as it stands, where JSON would write six signs for one of Chinese, and twelve for a rare one.
    private static string Written(object? value)
    {
        if (value is not string text)
        {
            return JsonSerializer.Serialize(value);
        }

        var written = new StringBuilder("\"", text.Length + 2);
        foreach (var sign in text)
        {
            _ = sign switch
            {
                '"' or '\\' => written.Append('\\').Append(sign),
                < ' ' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
                _ => written.Append(sign),
            };
        }

        return written.Append('"').ToString();
    }

    private static object?[] Read(string token, string name, IReadOnlyList<(Type Type, bool Nullable)> order)
    {
        try
        {
            using var read = JsonDocument.Parse(token);
            var parts = read.RootElement.EnumerateArray().ToArray();
            return parts.Length == order.Count + 1 && parts[0].ValueKind == JsonValueKind.String && parts[0].ValueEquals(name)
                ? [.. parts.Skip(1).Select((part, i) => Read(part, order[i].Type, order[i].Nullable))]
                : throw QueryRefusedException.Invalid("$skiptoken");
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            throw QueryRefusedException.Invalid("$skiptoken");
        }
    }

    private static object? Read(JsonElement part, Type type, bool nullable) => (part.ValueKind == JsonValueKind.Null ? null : part.Deserialize(type)) switch
    {
        null when !nullable => throw QueryRefusedException.Invalid("$skiptoken"),
        DateTimeOffset instant => instant.ToUniversalTime(),
        string text when text.Contains('\0', StringComparison.Ordinal) => throw QueryRefusedException.Invalid("$skiptoken"),
        var value => value,
    };

    private static Expression Same(Term value, object? place) =>
        place is null ? value.IsNull : Term.Where(Expression.Equal(value.Bare, Translator.Parameter(place, value.Type)), value);

    private static Expression Beyond(SortedBy by, object? place)
    {
        var value = by.Value;
        if (place is null)
        {
            return by.Descending ? Expression.Constant(false) : Term.Not(value.IsNull);
        }

        var at = Translator.Parameter(place, value.Type);
        var (left, right) = value.Type == typeof(string) ? (Expression.Call(CompareTexts, value.Bare, at), (Expression)Expression.Constant(0))
            : value.Type == typeof(bool) ? (Expression.Condition(value.Bare, Expression.Constant(1), Expression.Constant(0)), Expression.Condition(at, Expression.Constant(1), Expression.Constant(0)))
            : (value.Bare, at);
        var beyond = Term.Where(by.Descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right), value);
        return by.Descending && value.Nulls.Count > 0 ? Expression.OrElse(value.IsNull, beyond) : beyond;
    }
}
