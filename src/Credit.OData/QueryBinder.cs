using System.Reflection;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>Where an address leads, before its options are read.</summary>
/// <param name="Shows">What is shown of the rows it leads to.</param>
internal sealed record Spot(Shows Shows)
{
    /// <summary>Key of the one row; null for a list, and for the one row that a way leads to.</summary>
    public object? Key { get; init; }

    /// <summary>The rows are those another row leads to.</summary>
    public Related? Of { get; init; }

    /// <summary>The column shown.</summary>
    public PropertyInfo? Property { get; init; }

    /// <summary>Conditions of <c>/$filter(…)</c> segments.</summary>
    public IReadOnlyList<FilterClause> Also { get; init; } = [];

    /// <summary><c>/$count</c>: the bare number.</summary>
    public bool OnlyCount { get; init; }

    /// <summary>Path from the root of the surface, for the context of a single column.</summary>
    public string Path { get; init; } = "";
}

/// <summary>Parses the options of a request against the model and admits what the sets declare.</summary>
internal sealed class QueryBinder(SetCatalog sets, QueryableSet set)
{
    private const int MostComputed = 8;
    private const int MostExpanded = 16;
    private const int DeepestExpand = 3;

    /// <summary>Options of a way that the address of its next page repeats.</summary>
    private static readonly string[] Repeated = ["filter", "search", "orderby", "select", "expand", "compute"];

    private int _expanded;

    /// <exception cref="QueryRefusedException">An option is not valid, names what may not be asked for, or asks for too much.</exception>
    public BoundQuery Bind(SetRequest request, AnswerFormat format, Spot spot)
    {
        request.RefuseMisplaced(spot.Shows, spot.OnlyCount);
        var parser = Parser(request);
        var apply = request.Apply is null ? null : Parsed("$apply", parser.ParseApply);
        var compute = request.Compute is null ? null : Parsed("$compute", parser.ParseCompute);
        var filter = request.Filter is null ? null : Parsed("$filter", () => ParseFilter(parser, request));
        var search = request.Search is null ? null : Searched(set, Parsed("$search", parser.ParseSearch));
        if (request.OrderBy is { } sorting)
        {
            Sorting.RefuseMoving(sorting, request.Compute, request.Apply);
        }

        var order = Sorting.Of(set, request.OrderBy is null ? null : Parsed("$orderby", parser.ParseOrderBy), apply is null);
        var shown = request.Select is null && request.Expand is null ? null : Parsed("$select", () => ParseShown(parser, request));
        if (apply is not null && search is not null)
        {
            throw QueryRefusedException.Unsupported("$search");
        }

        if (apply is not null && shown is not null)
        {
            throw QueryRefusedException.Unsupported(request.Expand is null ? "$select" : "$expand");
        }

        var (columns, computed, expand) = Projected(set, shown, compute, request.ExpandWritten, format, depth: 1);
        if (format.Kind == FormatKind.Csv && expand.Count > 0)
        {
            throw QueryRefusedException.Unsupported("$expand");
        }

        if (format.Kind != FormatKind.Json && request.Count)
        {
            throw QueryRefusedException.Unsupported("$count");
        }

        return new BoundQuery(
            filter, order, columns, spot.Key, request.Top, request.Skip, Math.Min(request.PreferredPage?.Size ?? set.Shape.PageSize, set.Shape.PageMax),
            request.SkipToken, request.Count, spot.OnlyCount, format)
        {
            Also = spot.Also,
            Search = search,
            Apply = apply,
            Compute = computed,
            Expand = expand,
            Of = spot.Of,
            Shows = spot.Shows,
            Property = spot.Property,
            OrderText = order.All(term => term.Column is not null) ? null : request.OrderBy ?? "",
            Context = ContextOf(spot, shown is null ? "" : Projection.Of(shown, columns, computed, expand, request.Select ?? "", format.Modern)),
        };
    }

    /// <summary>A condition that stands in the path.</summary>
    /// <exception cref="QueryRefusedException">It is not valid.</exception>
    public FilterClause Condition(string text) => Parsed("$filter", () => ParseFilter(Parser(new SetRequest { Filter = text }), new SetRequest { Filter = text }));

    /// <summary>Runs a parser. What it says of a bad option may quote it or name types: only the option is passed on.</summary>
    public static T Parsed<T>(string option, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception fault) when (fault is ODataException or ArgumentException or OverflowException or FormatException or InvalidCastException or InvalidOperationException or NotSupportedException or KeyNotFoundException)
        {
            throw QueryRefusedException.Invalid(option);
        }
    }

    private ODataQueryOptionParser Parser(SetRequest request)
    {
        var options = new Dictionary<string, string?>
        {
            ["$apply"] = request.Apply,
            ["$compute"] = request.Compute,
            ["$filter"] = request.Filter,
            ["$orderby"] = request.OrderBy,
            ["$search"] = request.Search,
            ["$select"] = request.Select,
            ["$expand"] = request.Expand,
        };
        var model = sets.ModelOf(set.Surface);
        var target = model.EntityContainer.FindEntitySet(set.Name);
        return new ODataQueryOptionParser(model, target.EntityType, target, options.Where(option => option.Value is not null).ToDictionary(option => option.Key, option => option.Value!))
        {
            Resolver = new Resolver(options.Where(option => option.Value is not null).Select(option => option.Key).FirstOrDefault("$filter")),
        };
    }

    private FilterClause ParseFilter(ODataQueryOptionParser parser, SetRequest request)
    {
        try
        {
            return parser.ParseFilter();
        }
        catch (ODataException) when (WideIntegers.Without(request.Filter!, Parses) is { } narrow)
        {
            return Parser(new SetRequest { Filter = narrow }).ParseFilter();
        }
    }

    private bool Parses(string filter)
    {
        try
        {
            Parser(new SetRequest { Filter = filter }).ParseFilter();
            return true;
        }
        catch (ODataException)
        {
            return false;
        }
    }

    private SelectExpandClause ParseShown(ODataQueryOptionParser parser, SetRequest request)
    {
        ExpandOptions.RefuseTwice(request.ExpandWritten ?? "");
        if (request.Select?.Contains("/$count", StringComparison.Ordinal) == true)
        {
            throw QueryRefusedException.Unsupported("$select");
        }

        try
        {
            return parser.ParseSelectAndExpand();
        }
        catch (Exception fault) when (request.Expand is not null && fault is ODataException or ArgumentException)
        {
            throw QueryRefusedException.Invalid("$expand");
        }
    }

    private static SearchClause Searched(QueryableSet target, SearchClause search) =>
        target.Shape.Searchable.Count == 0 ? throw QueryRefusedException.Unsupported("$search") : search;

    private (PropertyInfo[] Columns, IReadOnlyList<Computed> Computed, IReadOnlyList<BoundExpand> Expand) Projected(
        QueryableSet of, SelectExpandClause? shown, ComputeClause? compute, string? written, AnswerFormat format, int depth)
    {
        var all = shown is null || shown.AllSelected;
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<BoundExpand> expand = [];
        foreach (var item in shown?.SelectedItems ?? [])
        {
            switch (item)
            {
                case WildcardSelectItem:
                    all = true;
                    break;
                // The model has no operations: all of them are none.
                case NamespaceQualifiedWildcardSelectItem operations when sets.ModelOf(set.Surface).DeclaredNamespaces.Contains(operations.Namespace):
                    break;
                case PathSelectItem { SelectedPath: { Count: 1, FirstSegment: PropertySegment or DynamicPathSegment or NavigationPropertySegment } path } select when IsBare(select):
                    names.Add(path.FirstSegment.Identifier);
                    break;
                case ExpandedReferenceSelectItem way when ++_expanded <= MostExpanded:
                    expand.Add(Expanded(of, way, written, format, depth));
                    break;
                case ExpandedReferenceSelectItem:
                    throw QueryRefusedException.TooMuch("$expand", $"{MostExpanded}");
                case PathSelectItem { SelectedPath.FirstSegment: PropertySegment or TypeSegment }:
                    throw QueryRefusedException.Unsupported("$select");
                default:
                    throw QueryRefusedException.Invalid("$select");
            }
        }

        ExpandOptions.RefuseTwice(written ?? "");
        ExpandOptions.RefuseTwice(expand);

        var items = compute?.ComputedItems.ToArray() ?? [];
        if (items.Length > MostComputed)
        {
            throw QueryRefusedException.TooMuch("$compute", $"{MostComputed}");
        }

        if (items.DistinctBy(item => item.Alias, StringComparer.Ordinal).Count() < items.Length || items.Any(item => !IsIdentifier(item.Alias) || of.Row.GetProperty(item.Alias) is not null || of.Shape.Ways.Exists(way => way.Name == item.Alias)))
        {
            throw QueryRefusedException.Invalid("$compute");
        }

        // A computed column is shown like any other: with all of them, or by its name.
        return (
            [.. of.Shape.Columns.Where(column => all || names.Contains(column.Name))],
            [.. items.Select(item => new Computed(item.Alias, item.Expression as SingleValueNode ?? throw QueryRefusedException.Invalid("$compute"), all || names.Contains(item.Alias)))],
            expand);
    }

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 128 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_');

    private static bool IsBare(PathSelectItem select) =>
        select is { FilterOption: null, OrderByOption: null, SearchOption: null, ComputeOption: null, TopOption: null, SkipOption: null, CountOption: null }
        && select.SelectAndExpand?.SelectedItems.Any() != true;

    private BoundExpand Expanded(QueryableSet from, ExpandedReferenceSelectItem item, string? written, AnswerFormat format, int depth)
    {
        if (depth > DeepestExpand)
        {
            throw QueryRefusedException.TooMuch("$expand", $"{DeepestExpand} levels");
        }

        // Longer paths go by way of types: that of the rows itself, for there is no other.
        var name = item.PathToNavigationProperty is { Count: 1 } path ? path.FirstSegment.Identifier : throw QueryRefusedException.Unsupported("$expand");
        var way = from.Shape.Ways.Find(each => each.Name == name) ?? throw QueryRefusedException.Invalid("$expand");
        var target = sets.Find(from.Surface, way.Target)!;
        if (item.ApplyOption is not null)
        {
            throw QueryRefusedException.Unsupported("$apply");
        }

        var nested = item as ExpandedNavigationSelectItem;
        // The same way may be followed twice: for its rows, and for their number or addresses.
        var options = QueryText.OptionsOf(written, name + ExpandOptions.SuffixOf(item));
        ExpandOptions.Check(item, options, single: way.To.Name == target.Shape.KeyColumn!.Name);
        var (columns, computed, expand) = Projected(target, nested?.SelectAndExpand, item.ComputeOption, QueryText.OptionOf(options, "expand"), format, depth + 1);
        var levels = nested?.LevelsOption is { } wanted ? wanted.IsMaxLevel ? DeepestExpand : wanted.Level : 1;
        if (levels > DeepestExpand)
        {
            throw QueryRefusedException.TooMuch("$levels", $"{DeepestExpand}");
        }

        if (levels == 0)
        {
            throw QueryRefusedException.Invalid("$levels");
        }

        var recurs = levels > 1 && depth < DeepestExpand;
        if (recurs)
        {
            expand = [.. expand, Again(nested!, (int)levels - 1, target, written, format, depth + 1)];
            ExpandOptions.RefuseTwice(expand);
        }

        if (QueryText.OptionOf(options, "orderby") is { } sorting)
        {
            Sorting.RefuseMoving(sorting, QueryText.OptionOf(options, "compute"), null);
        }

        var query = new BoundQuery(
            item.FilterOption, Sorting.Of(target, item.OrderByOption, byKey: true), columns, null,
            item.TopOption is { } top and < int.MaxValue ? (int)top : null,
            item.SkipOption is null or <= SetRequest.MaxSkip ? (int)(item.SkipOption ?? 0) : throw SetRequest.SkipsTooMuch(),
            target.Shape.PageSize, null, item.CountOption == true, item is ExpandedCountSelectItem, format)
        {
            Search = item.SearchOption is { } search ? Searched(target, search) : null,
            Compute = computed,
            Expand = expand,
            OrderText = item.OrderByOption is null ? null : QueryText.OptionOf(options, "orderby"),
            Said = string.Join('&', Repeated.Select(each => (Name: each, Text: QueryText.OptionOf(options, each))).Where(each => each.Text is not null)
                .Select(each => $"${each.Name}={Uri.EscapeDataString(QueryText.Unsheltered(each.Text!))}")),
        };
        query = query with { OrderText = query.Order.All(term => term.Column is not null) ? null : query.OrderText };
        return new(way, target, query, item switch
        {
            ExpandedNavigationSelectItem => ExpandShows.Rows,
            ExpandedCountSelectItem => ExpandShows.Count,
            _ => ExpandShows.References,
        })
        {
            Recurs = recurs,
        };
    }

    private BoundExpand Again(ExpandedNavigationSelectItem item, int levels, QueryableSet target, string? written, AnswerFormat format, int depth) =>
        Expanded(
            target,
            new ExpandedNavigationSelectItem(
                item.PathToNavigationProperty, item.NavigationSource, item.SelectAndExpand, item.FilterOption, item.OrderByOption, item.TopOption, item.SkipOption,
                item.CountOption, item.SearchOption, new LevelsClause(false, levels), item.ComputeOption, item.ApplyOption),
            written,
            format,
            depth);

    private string ContextOf(Spot spot, string projection) => spot.Shows switch
    {
        Shows.Rows => set.Name + projection,
        Shows.Row => $"{set.Name}{projection}/$entity",
        Shows.References => "Collection($ref)",
        Shows.Reference => "$ref",
        _ => spot.Path,
    };
}
