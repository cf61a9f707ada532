using System.Linq.Expressions;
using System.Reflection;
using Credit.Abstractions;

namespace Credit.OData;

/// <summary>What a set declared about itself, and a check that it can be paged without losing rows.</summary>
internal sealed class SetShape<TRow> : ISetShape<TRow>
    where TRow : class
{
    public PropertyInfo? KeyColumn { get; private set; }

    public HashSet<string> Filterable { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Sortable { get; } = new(StringComparer.Ordinal);

    public int PageSize { get; private set; } = 100;

    public int PageMax { get; private set; } = 1000;

    public ISetShape<TRow> Key<TKey>(Expression<Func<TRow, TKey>> column)
    {
        KeyColumn = ColumnOf(column);
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
                throw new InvalidOperationException($"{typeof(TRow).Name}.{column.Name} may be null and so cannot be sorted by: a page over nulls would lose rows.");
            }

            Sortable.Add(column.Name);
        }

        return this;
    }

    public ISetShape<TRow> Page(int size, int max)
    {
        (PageSize, PageMax) = (size, max);
        return this;
    }

    private static PropertyInfo ColumnOf(LambdaExpression column) =>
        (column.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : column.Body) is MemberExpression { Member: PropertyInfo property }
            ? property
            : throw new InvalidOperationException($"{column} is not a plain column.");
}
