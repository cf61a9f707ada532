using System.Linq.Expressions;
using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Modules;

namespace Credit.OData;

/// <summary>What a set declared about itself.</summary>
internal abstract class SetShape
{
    /// <summary>A range that a shape may declare, checked when the set is found.</summary>
    public const int MostRows = 1000;

    public abstract Type Row { get; }

    /// <summary>All columns, as declared.</summary>
    public abstract PropertyInfo[] Columns { get; }

    public PropertyInfo? KeyColumn { get; protected set; }

    public HashSet<string> Filterable { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Sortable { get; } = new(StringComparer.Ordinal);

    /// <summary>Columns that a search looks in.</summary>
    public List<PropertyInfo> Searchable { get; } = [];

    /// <summary>What changes its rows; empty when they are not kept in the ledger.</summary>
    public List<Changes.Follow> Followed { get; } = [];

    /// <summary>Ways to other sets.</summary>
    public List<Way> Ways { get; } = [];

    public int PageSize { get; protected set; } = 100;

    public int PageMax { get; protected set; } = 1000;
}

/// <summary>A way to the rows of another set whose <paramref name="To"/> equals <paramref name="From"/>.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="From">Column of the row it leads from.</param>
/// <param name="To">Column of the rows it leads to.</param>
/// <param name="Target">Type of those rows.</param>
internal sealed record Way(string Name, PropertyInfo From, PropertyInfo To, Type Target);

/// <summary>What a set declares, checked as it does: it can be paged without losing rows.</summary>
internal sealed class SetShape<TRow> : SetShape, ISetShape<TRow>
    where TRow : class
{
    public override Type Row => typeof(TRow);

    public override PropertyInfo[] Columns { get; } = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

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

    /// <exception cref="InvalidOperationException">A column has no order.</exception>
    public ISetShape<TRow> Sort(params Expression<Func<TRow, object?>>[] columns)
    {
        foreach (var column in columns.Select(ColumnOf))
        {
            if (!CanBeOrdered(Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType))
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

    public ISetShape<TRow> Search(params Expression<Func<TRow, string?>>[] columns)
    {
        Searchable.AddRange(columns.Select(ColumnOf));
        return this;
    }

    /// <exception cref="InvalidOperationException">The name is taken, or the two columns cannot be compared.</exception>
    public ISetShape<TRow> Navigate<TTarget>(string name, Expression<Func<TRow, object?>> from, Expression<Func<TTarget, object?>> to)
        where TTarget : class
    {
        var way = new Way(name, ColumnOf(from), ColumnOf(to), typeof(TTarget));
        if (Array.Exists(Columns, column => column.Name == name) || Ways.Exists(other => other.Name == name)
            || Plainly(way.From.PropertyType) != Plainly(way.To.PropertyType))
        {
            throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{typeof(TRow).Name}.{name} leads nowhere: its name is taken, or {way.From.Name} and {way.To.Name} are of different types."));
        }

        Ways.Add(way);
        return this;
    }

    private static Type Plainly(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool CanBeOrdered(Type type) =>
        type == typeof(string) || type == typeof(Guid) || type == typeof(int) || type == typeof(long) || type == typeof(decimal)
        || type == typeof(DateOnly) || type == typeof(DateTimeOffset);

    private static PropertyInfo ColumnOf(LambdaExpression column) =>
        (column.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : column.Body) is MemberExpression { Member: PropertyInfo property }
            ? property
            : throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say($"{column} is not a plain column."));
}
