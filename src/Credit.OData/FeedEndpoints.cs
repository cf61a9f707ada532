using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.OData.FastLane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData;

/// <summary>The two feeds: <c>/odata/public</c> for anyone, <c>/odata/official</c> for departments and partners. Read-only.</summary>
internal static class FeedEndpoints
{
    private static readonly string[] Reads = ["GET", "HEAD"];

    /// <summary>Finds every set and composes the models.</summary>
    /// <exception cref="InvalidOperationException">Two sets clash, or a set lacks its key.</exception>
    public static SetCatalog Compose(IReadOnlyList<ModuleRegistration> modules, TimeSpan? limit = null) => new(typeof(FeedEndpoints).Assembly.GetTypes(), modules, limit);

    /// <summary>Finds and registers every set.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IReadOnlyList<ModuleRegistration> modules) => services.AddFeeds(Compose(modules));

    /// <summary>Registers every set.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, SetCatalog sets)
    {
        services.AddSingleton(sets);
        services.AddSingleton<FeedMoments>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<RowStatements>();
        services.AddSingleton<ReaderLane>();
        services.AddSingleton<Lanes>();
        services.Scan(scan => scan.FromAssemblies(typeof(FeedEndpoints).Assembly)
            .AddClasses(types => types.AssignableTo(typeof(IEntitySet<>)), publicOnly: false).AsSelf().WithScopedLifetime());
        return services;
    }

    /// <summary>Maps the feeds.</summary>
    public static void MapFeeds(this IEndpointRouteBuilder host)
    {
        MapSurface(host.MapGroup("/odata/public").AllowAnonymousBecause("What is published may be read by anyone (R-3.1.4)."), Surface.Public);
        MapSurface(host.MapGroup("/odata/official").RequireAuthorization(Access.Official), Surface.Official);
    }

    /// <summary>The path of a request from the root of its surface, as it came over the wire: a key may hold an escaped slash.</summary>
    public static string PathOf(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target && target.StartsWith('/')
            ? target
            : request.Path.ToUriComponent();
        var path = raw.AsSpan(0, raw.IndexOf('?', StringComparison.Ordinal) is >= 0 and var end ? end : raw.Length);
        for (var segment = 0; segment < 3; segment++)
        {
            path = path[(path.IndexOf('/') is >= 0 and var slash ? slash + 1 : path.Length)..];
        }

        return path.ToString();
    }

    private static void MapSurface(RouteGroupBuilder group, Surface surface)
    {
        group.ExcludeFromDescription();
        group.MapMethods("/{**path}", Reads, (HttpContext context) => Feed.AnswerAsync(context, surface, PathOf(context.Request), context.Request.QueryString.Value));
        group.MapMethods("/$batch", ["POST"], (HttpContext context) => Batch.AnswerAsync(context, surface));
        group.MapMethods("/{**path}", ["POST"], (HttpContext context) => QueryAsync(context, surface));
    }

    /// <summary>A query too long for an address, in the body of a request that still only reads.</summary>
    private static Task QueryAsync(HttpContext context, Surface surface) => Faults.GuardAsync(context, async () =>
    {
        var path = PathOf(context.Request);
        if (!path.EndsWith(QueryInBody.Segment, StringComparison.Ordinal))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            throw new QueryRefusedException(405, "method-not-allowed", "method", "数据只读，不接受该方法。", "The feeds are read-only: this method is not allowed.");
        }

        QueryInBody.CheckType(context.Request);
        await QueryInBody.AnswerAsync(context, surface, path, await BatchBody.TextAsync(context, QueryInBody.Most) ?? throw QueryRefusedException.TooMuch("$query", $"{QueryInBody.Most}"));
    });
}
