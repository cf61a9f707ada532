using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Credit.OData;

/// <summary>Sorting with the key as last column, and the place after a given row: pages lose and double nothing over ties.</summary>
internal sealed class Paging<TRow>(IReadOnlyList<(PropertyInfo Column, bool Descending)> order)
{
    // The order is part of the place: a place in one order is nowhere in another.
    private readonly string _order = string.Join(',', order.Select(each => each.Column.Name + (each.Descending ? "-" : "+")));

    private static readonly MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    public IQueryable<TRow> Sort(IQueryable<TRow> rows)
    {
        var first = true;
        foreach (var (column, descending) in order)
        {
            var row = Expression.Parameter(typeof(TRow), "row");
            var method = (first, descending) switch
            {
                (true, false) => nameof(Queryable.OrderBy),
                (true, true) => nameof(Queryable.OrderByDescending),
                (false, false) => nameof(Queryable.ThenBy),
                _ => nameof(Queryable.ThenByDescending),
            };
            rows = rows.Provider.CreateQuery<TRow>(Expression.Call(
                typeof(Queryable), method, [typeof(TRow), column.PropertyType], rows.Expression,
                Expression.Quote(Expression.Lambda(Expression.Property(row, column), row))));
            first = false;
        }

        return rows;
    }

    /// <summary>The place after this row, opaque to clients.</summary>
    public string TokenAfter(TRow row) => TokenAfter([.. order.Select(each => each.Column.GetValue(row))]);

    /// <summary>The place after a row with these values in the columns of the order.</summary>
    public string TokenAfter(IReadOnlyList<object?> values) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(values.Prepend(_order).ToArray()));

    /// <summary>Values of the columns of the order to go on after.</summary>
    public object?[] PlaceOf(string token)
    {
        try
        {
            using var read = JsonDocument.Parse(WebEncoders.Base64UrlDecode(token));
            var parts = read.RootElement.EnumerateArray().ToArray();
            return parts.Length == order.Count + 1 && parts[0].ValueKind == JsonValueKind.String && parts[0].ValueEquals(_order)
                ? [.. parts.Skip(1).Select((part, i) => part.Deserialize(order[i].Column.PropertyType) switch
                {
                    DateTimeOffset instant => instant.ToUniversalTime(),
                    string text when text.Contains('\0', StringComparison.Ordinal) => throw QueryRefusedException.Invalid("$skiptoken"),
                    var value => value,
                } ?? throw QueryRefusedException.Invalid("$skiptoken"))]
                : throw QueryRefusedException.Invalid("$skiptoken");
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            throw QueryRefusedException.Invalid("$skiptoken");
        }
    }

    /// <summary>Only rows after the place.</summary>
    public IQueryable<TRow> After(IQueryable<TRow> rows, string token)
    {
        var place = PlaceOf(token);
        var row = Expression.Parameter(typeof(TRow), "row");
        Expression? after = null;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var column = Expression.Property(row, order[i].Column);
            var value = Captured(place[i]!, order[i].Column.PropertyType);
            var beyond = Beyond(column, value, order[i].Descending);
            after = after is null ? beyond : Expression.OrElse(beyond, Expression.AndAlso(Expression.Equal(column, value), after));
        }

        return rows.Where(Expression.Lambda<Func<TRow, bool>>(after!, row));
    }

    private static BinaryExpression Beyond(Expression column, Expression value, bool descending)
    {
        var (left, right) = column.Type == typeof(string) ? (Expression.Call(Compare, column, value), Expression.Constant(0)) : (column, value);
        return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }

    private static MemberExpression Captured(object value, Type type) =>
        Expression.Property(Expression.Constant(Activator.CreateInstance(typeof(Place<>).MakeGenericType(typeof(TRow), type), value)!), "Value");

    private sealed record Place<T>(T Value);
}
