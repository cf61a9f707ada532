using System.Reflection;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>What is asked of a set, parsed and admitted: the same for whichever lane answers it.</summary>
/// <param name="Filter">The condition; null for all rows. Which columns it may name is checked where it is translated.</param>
/// <param name="Order">Sorting, the key last: a place between any two rows.</param>
/// <param name="Columns">Columns shown, as declared.</param>
/// <param name="Key">Value of the key of one row; null for the collection.</param>
/// <param name="Top">Rows wanted at most.</param>
/// <param name="Skip">Rows left out.</param>
/// <param name="Page">Rows of one page.</param>
/// <param name="SkipToken">Place to go on from.</param>
/// <param name="Count">The number of all rows is wanted, too.</param>
/// <param name="OnlyCount">Nothing but the number is wanted.</param>
/// <param name="Format">How the answer is written.</param>
internal sealed record BoundQuery(
    FilterClause? Filter, IReadOnlyList<(PropertyInfo Column, bool Descending)> Order, PropertyInfo[] Columns, object? Key,
    int? Top, int Skip, int Page, string? SkipToken, bool Count, bool OnlyCount, AnswerFormat Format);

/// <summary>Parses the options of a request against the model and admits what the set declares.</summary>
internal sealed class QueryBinder<TRow>(string name, SetShape<TRow> shape)
    where TRow : class
{
    private readonly PropertyInfo[] _columns = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private PropertyInfo Key => shape.KeyColumn!;

    /// <exception cref="QueryRefusedException">An option is not valid, names what may not be asked for, or asks for too much.</exception>
    public BoundQuery Bind(IEdmModel model, SetRequest request) => new(
        request.Filter is { } filter ? Parsed("$filter", () => Parser(model, "$filter", filter).ParseFilter()) : null,
        Order(model, request), Selected(model, request), request.Key is { } key ? KeyValue(key) : null,
        request.Top, request.Skip, Math.Min(request.PreferredPage?.Size ?? shape.PageSize, shape.PageMax), request.SkipToken, request.Count, request.OnlyCount,
        AnswerFormat.Json);

    /// <summary>Runs a parser. What it says of a bad option may quote it or name types: only the option is passed on.</summary>
    public static T Parsed<T>(string option, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception fault) when (fault is ODataException or ArgumentException or OverflowException or FormatException or InvalidCastException or InvalidOperationException)
        {
            throw QueryRefusedException.Invalid(option);
        }
    }

    private ODataQueryOptionParser Parser(IEdmModel model, string option, string text)
    {
        var set = model.EntityContainer.FindEntitySet(name);
        return new ODataQueryOptionParser(model, set.EntityType, set, new Dictionary<string, string> { [option] = text });
    }

    private object KeyValue(string key)
    {
        // Set(key) and Set(Name=key) are the same address.
        key = key.StartsWith(Key.Name + "=", StringComparison.Ordinal) ? key[(Key.Name.Length + 1)..] : key;
        object? value = Key.PropertyType switch
        {
            var type when type == typeof(Guid) => Guid.TryParseExact(key, "D", out var id) ? id : null,
            var type when type == typeof(string) => key is ['\'', .., '\''] && key.Length >= 2 ? key[1..^1].Replace("''", "'", StringComparison.Ordinal) : null,
            var type when type == typeof(int) => int.TryParse(key, out var number) ? number : null,
            var type when type == typeof(long) => long.TryParse(key, out var number) ? number : null,
            _ => null,
        };
        return value ?? throw new QueryRefusedException(400, "key-invalid", name, "主键格式无效。", "The key is not of the right form.");
    }

    private IReadOnlyList<(PropertyInfo Column, bool Descending)> Order(IEdmModel model, SetRequest request)
    {
        List<(PropertyInfo Column, bool Descending)> order = [];
        for (var clause = request.OrderBy is null ? null : Parsed("$orderby", () => Parser(model, "$orderby", request.OrderBy).ParseOrderBy());
            clause is not null;
            clause = clause.ThenBy)
        {
            if (clause.Expression is not SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode } access
                || (!shape.Sortable.Contains(access.Property.Name) && access.Property.Name != Key.Name))
            {
                throw QueryRefusedException.Invalid("$orderby");
            }

            if (order.Exists(each => each.Column.Name == access.Property.Name))
            {
                throw QueryRefusedException.Invalid("$orderby");
            }

            order.Add((typeof(TRow).GetProperty(access.Property.Name)!, clause.Direction == OrderByDirection.Descending));
        }

        if (order.Count > 4)
        {
            throw QueryRefusedException.TooMuch("$orderby", "4");
        }

        if (!order.Exists(each => each.Column.Name == Key.Name))
        {
            order.Add((Key, false));
        }

        return order;
    }

    private PropertyInfo[] Selected(IEdmModel model, SetRequest request)
    {
        if (request.Select is null)
        {
            return _columns;
        }

        var clause = Parsed("$select", () => Parser(model, "$select", request.Select).ParseSelectAndExpand());
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in clause.SelectedItems)
        {
            switch (item)
            {
                case WildcardSelectItem:
                    return _columns;
                case PathSelectItem
                {
                    SelectedPath: { FirstSegment: PropertySegment property, Count: 1 },
                    FilterOption: null, OrderByOption: null, SearchOption: null, ComputeOption: null,
                    TopOption: null, SkipOption: null, CountOption: null,
                } select when select.SelectAndExpand is null || !select.SelectAndExpand.SelectedItems.Any():
                    names.Add(property.Property.Name);
                    break;
                default:
                    throw QueryRefusedException.Invalid("$select");
            }
        }

        return [.. _columns.Where(column => names.Contains(column.Name))];
    }
}
