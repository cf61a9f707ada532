using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Feeds;
using Credit.Core.Modules;
using Credit.OData.Changes;
using Credit.OData.FastLane;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;

namespace Credit.OData;

/// <summary>A set with its row type: declares itself in the model and answers queries.</summary>
internal sealed class QueryableSet<TSet, TRow> : QueryableSet
    where TSet : class, IEntitySet<TRow>
    where TRow : class
{
    private readonly SetShape<TRow> _shape = new();

    // Once, while the start still watches: a module's declarations are code that may not come back, or say something else the next time.
    public QueryableSet()
    {
        (Name, Surface, Summary) = (TSet.Name, TSet.Surface, TSet.Summary);
        TSet.Shape(_shape);
        if (_shape.KeyColumn is null)
        {
            throw new InvalidOperationException($"{typeof(TSet).FullName} declares no key.");
        }

        Layout = RowLayout.Of(typeof(TRow), _shape.KeyColumn) with { Navigations = [.. _shape.Ways.Select(way => way.Name)] };
        Fast = IsOfModule ? null : new FastSet(typeof(TSet), Surface, Layout, _shape.Filterable, Rows);
        Followed = _shape.Followed.Count > 0 ? new FollowedSet<TSet, TRow>(_shape) : null;
    }

    public override string Name { get; }

    public override Surface Surface { get; }

    public override string Summary { get; }

    public override Type Row => typeof(TRow);

    public override SetShape Shape => _shape;

    public override RowLayout Layout { get; }

    public override FastSet? Fast { get; }

    public override bool IsOfModule => typeof(TSet).Assembly.GetName().Name!.StartsWith(ModuleCatalog.Prefix, StringComparison.Ordinal);

    public override FollowedSet? Followed { get; }

    public override void Declare(ODataConventionModelBuilder builder)
    {
        var type = builder.AddEntityType(typeof(TRow));
        type.Name = typeof(TRow).Name;
        type.Namespace = "Credit";
        type.HasKey(_shape.KeyColumn!);
        builder.AddEntitySet(Name, type);
        foreach (var column in _shape.Columns.Where(column => (Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType) == typeof(DateTimeOffset)))
        {
            // Instants are kept in millionths of a second, and shown with them.
            ((PrecisionPropertyConfiguration)type.AddProperty(column)).Precision = 6;
        }

        foreach (var column in _shape.Columns.Where(column => column.PropertyType == typeof(string)))
        {
            var property = type.AddProperty(column);
            if (Translator.IsNullable(column))
            {
                property.IsNullable();
            }
            else
            {
                property.IsRequired();
            }
        }
    }

    public override void Annotate(EdmModel model, ChineseNames chinese, RowComments comments) => SetAnnotations.Add(model, this, chinese, comments);

    public override IQueryable Rows(IServiceProvider services) => services.GetRequiredService<TSet>().Rows();

    public override Task<(bool Found, object? Value)> ValueAsync(HttpContext context, SetCatalog sets, Spot spot, PropertyInfo column)
    {
        var lane = Lane(context, sets, new Asked(context.Request));
        return ReadAsync(context, (rows, cancel) => lane.ValueAsync(rows, spot, column, cancel));
    }

    public override Task<Answer> AnswerAsync(HttpContext context, SetCatalog sets, Asked asked, BoundQuery query)
    {
        var lane = Lane(context, sets, asked);
        return ReadAsync(context, (rows, cancel) => lane.ReadAsync(rows, query, cancel));
    }

    public override async Task<Answer?> TrackAsync(HttpContext context, SetCatalog sets, SetRequest request, Asked asked, BoundQuery query)
    {
        if (TrackingOf(context, sets) is { } tracking)
        {
            return await tracking.AnswerAsync(context, request, asked, query);
        }

        return request.DeltaToken is null ? null : throw QueryRefusedException.Unsupported("$deltatoken");
    }

    public override async Task<Pinned?> PinAsync(HttpContext context, SetCatalog sets, SetRequest request, Asked asked, BoundQuery query) =>
        TrackingOf(context, sets) is { } tracking ? await tracking.PinAsync(context, request, asked, query) : null;

    private Tracking<TSet, TRow>? TrackingOf(HttpContext context, SetCatalog sets) =>
        Followed is FollowedSet<TSet, TRow> followed && context.RequestServices.GetService<FeedLedger>() is { } ledger
            ? new(followed, _shape, ledger, Around(context, sets), asked => Lane(context, sets, asked))
            : null;

    private FullLane Lane(HttpContext context, SetCatalog sets, Asked asked) => new(this, Around(context, sets), asked);

    private Surroundings Around(HttpContext context, SetCatalog sets)
    {
        var services = context.RequestServices;
        return new(sets, Surface, target => target.Rows(services), services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, Func<IQueryable, CancellationToken, Task<T>> read)
    {
        var services = context.RequestServices;
        return services.GetService<ModuleCatalog>()?.ModuleOf(typeof(TSet).Assembly) is { } module
            ? await services.GetRequiredService<ModuleCalls>().ReadAsync(
                module, TSet.Name, typeof(TSet), services, (set, cancel) => read(((TSet)set).Rows(), cancel), context.RequestAborted)
            : await read(services.GetRequiredService<TSet>().Rows(), context.RequestAborted);
    }
}
