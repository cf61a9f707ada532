using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;
using Microsoft.OData.ModelBuilder;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>A set with its row type: declares itself in the model and answers queries.</summary>
internal sealed class QueryableSet<TSet, TRow> : QueryableSet
    where TSet : class, IEntitySet<TRow>
    where TRow : class
{
    private readonly SetShape<TRow> _shape = new();
    private readonly PropertyInfo[] _columns = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public QueryableSet()
    {
        TSet.Shape(_shape);
        if (_shape.KeyColumn is null)
        {
            throw new InvalidOperationException($"{typeof(TSet).FullName} declares no key.");
        }
    }

    public override string Name => TSet.Name;

    public override Surface Surface => TSet.Surface;

    public override string Summary => TSet.Summary;

    public override Type Row => typeof(TRow);

    private PropertyInfo Key => _shape.KeyColumn!;

    public override void Declare(ODataConventionModelBuilder builder)
    {
        var type = builder.AddEntityType(typeof(TRow));
        type.Name = typeof(TRow).Name;
        type.Namespace = "Credit";
        type.HasKey(Key);
        builder.AddEntitySet(Name, type);
        var nullability = new NullabilityInfoContext();
        foreach (var column in _columns.Where(column => column.PropertyType == typeof(string)))
        {
            var property = type.AddProperty(column);
            if (nullability.Create(column).ReadState == NullabilityState.Nullable)
            {
                property.IsNullable();
            }
            else
            {
                property.IsRequired();
            }
        }
    }

    public override void Annotate(EdmModel model)
    {
        var set = model.EntityContainer.FindEntitySet(Name);
        Annotate(model, set, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(Summary));
        Annotate(model, set, Capability("FilterRestrictions"), new EdmRecordExpression(
            new EdmPropertyConstructor("Filterable", new EdmBooleanConstant(true)),
            Paths("NonFilterableProperties", _columns.Where(column => !_shape.Filterable.Contains(column.Name)))));
        Annotate(model, set, Capability("SortRestrictions"), new EdmRecordExpression(
            new EdmPropertyConstructor("Sortable", new EdmBooleanConstant(true)),
            Paths("NonSortableProperties", _columns.Where(column => !_shape.Sortable.Contains(column.Name) && column != Key))));
    }

    public override async Task AnswerAsync(HttpContext context, IEdmModel model, SetRequest request)
    {
        var (services, asked) = (context.RequestServices, new Asked(context.Request));
        var answer = services.GetService<ModuleCatalog>()?.ModuleOf(typeof(TSet).Assembly) is { } module
            ? await services.GetRequiredService<ModuleCalls>().ReadAsync(
                module, Name, typeof(TSet), services, (set, cancel) => ReadAsync((TSet)set, asked, model, request, cancel), context.RequestAborted)
            : await ReadAsync(services.GetRequiredService<TSet>(), asked, model, request, context.RequestAborted);
        if (request is { PreferredPage: { } preferred, OnlyCount: false, Key: null })
        {
            context.Response.Headers["Preference-Applied"] = $"{preferred.Name}={PageOf(request)}";
        }

        await Answers.SendAsync(context, StatusCodes.Status200OK, answer);
    }

    // Everything a module's rows do happens in here, their members read included; the request itself is not touched.
    private async Task<Answer> ReadAsync(TSet set, Asked asked, IEdmModel model, SetRequest request, CancellationToken cancel)
    {
        var rows = set.Rows();
        var filtered = Filtered(rows, model, request);
        if (request.OnlyCount)
        {
            return Answers.Text((await filtered.CountAsync(cancel)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var columns = Selected(model, request);
        if (request.Key is not null)
        {
            var found = await ByKey(rows, request.Key).SingleOrDefaultAsync(cancel);
            return found is null
                ? throw new QueryRefusedException(404, "not-found", Name, "没有这一行。", "There is no such row.")
                : Answers.Row($"{asked.Root}/$metadata#{Name}/$entity", columns, found);
        }

        var paging = new Paging<TRow>(Order(model, request));
        int? count = request.Count ? await filtered.CountAsync(cancel) : null;
        var after = request.SkipToken is { } token ? paging.After(filtered, token) : filtered;
        var take = Math.Min(request.Top ?? int.MaxValue, PageOf(request));
        var read = await paging.Sort(after).Skip(request.SkipToken is null ? request.Skip : 0).Take(take + 1).ToListAsync(cancel);

        // One row more than shown tells whether there is a next page; $top ends the list by itself.
        var more = read.Count > take && (request.Top is null || request.Top > take);
        if (read.Count > take)
        {
            read.RemoveAt(take);
        }

        return Answers.List($"{asked.Root}/$metadata#{Name}", columns, read, count, more ? Next(asked, request, take, paging.TokenAfter(read[^1])) : null);
    }

    private int PageOf(SetRequest request) => Math.Min(request.PreferredPage?.Size ?? _shape.PageSize, _shape.PageMax);

    private static string Next(Asked asked, SetRequest request, int shown, string token)
    {
        var query = QueryHelpers.ParseQuery(asked.Query)
            .Where(pair => pair.Key.TrimStart('$').ToLowerInvariant() is not ("skip" or "skiptoken" or "top" or "count"))
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        query["$skiptoken"] = token;
        if (request.Top is { } top)
        {
            query["$top"] = (top - shown).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return QueryHelpers.AddQueryString(asked.Address, query);
    }

    private static IEdmTerm Capability(string name) => CapabilitiesVocabularyModel.Instance.FindDeclaredTerm($"Org.OData.Capabilities.V1.{name}");

    private static EdmPropertyConstructor Paths(string name, IEnumerable<PropertyInfo> columns) =>
        new(name, new EdmCollectionExpression(columns.Select(column => new EdmPropertyPathExpression(column.Name))));

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }

    private ODataQueryOptionParser Parser(IEdmModel model, string option, string text)
    {
        var set = model.EntityContainer.FindEntitySet(Name);
        return new ODataQueryOptionParser(model, set.EntityType, set, new Dictionary<string, string> { [option] = text });
    }

    private IQueryable<TRow> Filtered(IQueryable<TRow> rows, IEdmModel model, SetRequest request)
    {
        if (request.Filter is null)
        {
            return rows;
        }

        return rows.Where(Parsed("$filter", () => new FilterTranslator<TRow>(_shape.Filterable).Translate(Parser(model, "$filter", request.Filter).ParseFilter())));
    }

    private IQueryable<TRow> ByKey(IQueryable<TRow> rows, string key)
    {
        var named = Key.Name + "=";
        key = key.StartsWith(named, StringComparison.Ordinal) ? key[named.Length..] : key;
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
        if (value is null)
        {
            throw new QueryRefusedException(400, "key-invalid", Name, "主键格式无效。", "The key is not of the right form.");
        }

        var row = System.Linq.Expressions.Expression.Parameter(typeof(TRow), "row");
        return rows.Where(System.Linq.Expressions.Expression.Lambda<Func<TRow, bool>>(
            System.Linq.Expressions.Expression.Equal(
                System.Linq.Expressions.Expression.Property(row, Key), System.Linq.Expressions.Expression.Constant(value, Key.PropertyType)),
            row));
    }

    private List<(PropertyInfo Column, bool Descending)> Order(IEdmModel model, SetRequest request)
    {
        List<(PropertyInfo Column, bool Descending)> order = [];
        for (var clause = request.OrderBy is null ? null : Parsed("$orderby", () => Parser(model, "$orderby", request.OrderBy).ParseOrderBy());
            clause is not null;
            clause = clause.ThenBy)
        {
            if (clause.Expression is not SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode } access
                || (!_shape.Sortable.Contains(access.Property.Name) && access.Property.Name != Key.Name))
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

    /// <summary>The address asked for, taken down: a set of a module may still run when its request is over.</summary>
    private sealed record Asked(string Address, string Root, string? Query)
    {
        public Asked(HttpRequest request)
            : this(
                $"{request.Scheme}://{request.Host}{request.Path}",
                $"{request.Scheme}://{request.Host}{string.Join('/', request.Path.Value!.Split('/').Take(3))}",
                request.QueryString.Value)
        {
        }
    }

    // What the parser says of a bad option may quote it or name types: only the option is passed on.
    private static T Parsed<T>(string option, Func<T> parse)
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
}
