using System.Linq.Expressions;
using System.Reflection;

namespace Credit.OData;

/// <summary>Queries over rows whose type is known at run time only.</summary>
internal static class Queries
{
    public static IQueryable Where(this IQueryable rows, ParameterExpression row, Expression condition) =>
        rows.Through(nameof(Queryable.Where), [rows.ElementType], Expression.Quote(Expression.Lambda(condition, row)));

    public static IQueryable OrderBy(this IQueryable rows, ParameterExpression row, Expression by, bool descending, bool first) =>
        rows.Through(
            (first, descending) switch
            {
                (true, false) => nameof(Queryable.OrderBy),
                (true, true) => nameof(Queryable.OrderByDescending),
                (false, false) => nameof(Queryable.ThenBy),
                _ => nameof(Queryable.ThenByDescending),
            },
            [rows.ElementType, by.Type],
            Expression.Quote(Expression.Lambda(by, row)));

    public static IQueryable Offset(this IQueryable rows, int count) => rows.Through(nameof(Queryable.Skip), [rows.ElementType], Expression.Constant(count));

    /// <summary>
    /// The rows, whole before anything more is asked of them: the database tries no later condition on a row that is not among them. Else it
    /// tries conditions in the order of their cost, and one that fails on a row nobody may see tells of it (I78).
    /// </summary>
    public static IQueryable Fenced(this IQueryable rows) => rows.Provider.CreateQuery(Fenced(rows.Expression, rows.ElementType));

    /// <inheritdoc cref="Fenced(IQueryable)"/>
    public static Expression Fenced(Expression rows, Type row) =>
        Expression.Call(typeof(Queryable), nameof(Queryable.Skip), [row], rows, Translator.Parameter(0, typeof(int)));

    public static IQueryable Limit(this IQueryable rows, int count) => rows.Through(nameof(Queryable.Take), [rows.ElementType], Expression.Constant(count));

    public static IQueryable Once(this IQueryable rows) => rows.Through(nameof(Queryable.Distinct), [rows.ElementType]);

    /// <summary>All rows that each row leads to.</summary>
    public static IQueryable Flat(this IQueryable rows, ParameterExpression row, IQueryable to) =>
        rows.Through(
            nameof(Queryable.SelectMany),
            [rows.ElementType, to.ElementType],
            Expression.Quote(Expression.Lambda(typeof(Func<,>).MakeGenericType(rows.ElementType, typeof(IEnumerable<>).MakeGenericType(to.ElementType)), to.Expression, row)));

    public static IQueryable GroupBy(this IQueryable rows, ParameterExpression row, Expression by) =>
        rows.Through(nameof(Queryable.GroupBy), [rows.ElementType, by.Type], Expression.Quote(Expression.Lambda(by, row)));

    public static IQueryable SelectTo(this IQueryable rows, ParameterExpression row, Expression to) =>
        rows.Through(nameof(Queryable.Select), [rows.ElementType, to.Type], Expression.Quote(Expression.Lambda(to, row)));

    /// <summary>These values of every row.</summary>
    public static IQueryable<object?[]> Values(this IQueryable rows, ParameterExpression row, IEnumerable<Expression> values) =>
        (IQueryable<object?[]>)rows.SelectTo(row, Expression.NewArrayInit(typeof(object), values.Select(value => Expression.Convert(value, typeof(object)))));

    /// <summary>A number for every row, to be counted.</summary>
    public static IQueryable<int> Ones(this IQueryable rows) => (IQueryable<int>)rows.SelectTo(Expression.Parameter(rows.ElementType, "row"), Expression.Constant(1));

    private static IQueryable Through(this IQueryable rows, string method, Type[] types, params Expression[] arguments) =>
        rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), method, types, [rows.Expression, .. arguments]));
}

/// <summary>A row made up on the way: up to twelve values of any types.</summary>
internal static class Wide
{
    public const int Most = 12;

    private static readonly Type Open = typeof(Wide<,,,,,,,,,,,>);

    /// <summary>A new row of these values.</summary>
    public static MemberInitExpression New(IReadOnlyList<Expression> values)
    {
        var type = Open.MakeGenericType([.. Enumerable.Range(0, Most).Select(i => i < values.Count ? values[i].Type : typeof(int))]);
        return Expression.MemberInit(Expression.New(type), values.Select((value, i) => Expression.Bind(Property(type, i), value)));
    }

    /// <summary>One of the values.</summary>
    public static MemberExpression Value(Expression row, int index) => Expression.Property(row, Property(row.Type, index));

    private static PropertyInfo Property(Type type, int index) => type.GetProperty($"V{index}")!;
}

#pragma warning disable CA1005, SA1649 // as many types as there are values
internal sealed class Wide<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>
#pragma warning restore CA1005, SA1649
{
    public T0? V0 { get; init; }

    public T1? V1 { get; init; }

    public T2? V2 { get; init; }

    public T3? V3 { get; init; }

    public T4? V4 { get; init; }

    public T5? V5 { get; init; }

    public T6? V6 { get; init; }

    public T7? V7 { get; init; }

    public T8? V8 { get; init; }

    public T9? V9 { get; init; }

    public T10? V10 { get; init; }

    public T11? V11 { get; init; }
}
