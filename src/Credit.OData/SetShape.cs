using System.Linq.Expressions;
using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Modules;

namespace Credit.OData;

/// <summary>What a set declared about itself, and a check that it can be paged without losing rows.</summary>
internal sealed class SetShape<TRow> : ISetShape<TRow>
    where TRow : class
{
    public PropertyInfo? KeyColumn { get; private set; }

    public HashSet<string> Filterable { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Sortable { get; } = new(StringComparer.Ordinal);

    /// <summary>What changes its rows; empty when they are not kept in the ledger.</summary>
    public List<Changes.Follow> Followed { get; } = [];

    public int PageSize { get; private set; } = 100;

    public int PageMax { get; private set; } = 1000;

    public ISetShape<TRow> Key<TKey>(Expression<Func<TRow, TKey>> column)
    {
        KeyColumn = ColumnOf(column);
        if (!CanBeOrdered(KeyColumn.PropertyType))
        {
            throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{typeof(TRow).Name}.{KeyColumn.Name} cannot be a key: a {KeyColumn.PropertyType.Name} has no order that a page could go on from."));
        }

        Filterable.Add(KeyColumn.Name);
        return this;
    }

    public ISetShape<TRow> Filter(params Expression<Func<TRow, object?>>[] columns)
    {
        Filterable.UnionWith(columns.Select(column => ColumnOf(column).Name));
        return this;
    }

    /// <exception cref="InvalidOperationException">A column may be null: a page over nulls would lose rows.</exception>
    public ISetShape<TRow> Sort(params Expression<Func<TRow, object?>>[] columns)
    {
        var nullability = new NullabilityInfoContext();
        foreach (var column in columns.Select(ColumnOf))
        {
            if (nullability.Create(column).ReadState == NullabilityState.Nullable)
            {
                throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{typeof(TRow).Name}.{column.Name} may be null and so cannot be sorted by: a page over nulls would lose rows."));
            }

            if (!CanBeOrdered(column.PropertyType))
            {
                throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{typeof(TRow).Name}.{column.Name} cannot be sorted by: a {column.PropertyType.Name} has no order that a page could go on from."));
            }

            Sortable.Add(column.Name);
        }

        return this;
    }

    /// <exception cref="InvalidOperationException">A column is not a plain member of the row.</exception>
    public ISetShape<TRow> Plain(params Expression<Func<TRow, object?>>[] columns)
    {
        foreach (var column in columns)
        {
            ColumnOf(column);
        }

        return this;
    }

    /// <exception cref="InvalidOperationException">More than any page may hold, or nothing.</exception>
    public ISetShape<TRow> Page(int size, int max)
    {
        if (size < 1 || size > max || max > MostRows)
        {
            throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{typeof(TRow).Name}: a page holds 1 to {MostRows} rows, and by itself no more than a client may ask for."));
        }

        (PageSize, PageMax) = (size, max);
        return this;
    }

    /// <summary>A range that a shape may declare, checked when the set is found.</summary>
    public const int MostRows = 1000;

    private static bool CanBeOrdered(Type type) =>
        type == typeof(string) || type == typeof(Guid) || type == typeof(int) || type == typeof(long) || type == typeof(decimal)
        || type == typeof(DateOnly) || type == typeof(DateTimeOffset);

    private static PropertyInfo ColumnOf(LambdaExpression column) =>
        (column.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : column.Body) is MemberExpression { Member: PropertyInfo property }
            ? property
            : throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{column} is not a plain column."));
}
