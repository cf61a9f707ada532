using System.Reflection;
using Credit.Core;
using Credit.Core.Containment;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Receipts;
using Credit.OData;
using Credit.OData.Changes;

namespace Credit.Host.Startup;

/// <summary>Puts the host together. Building starts nothing, so documents can be written without a database.</summary>
internal static class CreditHost
{
    /// <summary>The host, ready to run.</summary>
    /// <param name="args">Command line, handed to the configuration.</param>
    /// <param name="adjust">Last word on the services: a sandbox or test moves the clock here.</param>
    /// <param name="alsoModules">Assemblies of modules beside those the host was built with.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null, IEnumerable<Assembly>? alsoModules = null) =>
        BuildWithout([], args, adjust, alsoModules);

    /// <summary>The host, ready to run, the hosted services of its modules started: an optional module whose service does not start is not in it.</summary>
    /// <param name="args">Command line, handed to the configuration.</param>
    /// <param name="adjust">Last word on the services.</param>
    /// <param name="alsoModules">Assemblies of modules beside those the host was built with.</param>
    public static async Task<WebApplication> BuildStartedAsync(string[] args, Action<WebApplicationBuilder>? adjust = null, IEnumerable<Assembly>? alsoModules = null)
    {
        for (List<BrokenModule> broken = []; ;)
        {
            var app = BuildWithout(broken, args, adjust, alsoModules);
            var hosted = app.Services.GetRequiredService<HostedModuleServices>();
            try
            {
                await hosted.StartAsync(CancellationToken.None);
                return app;
            }
            catch (OptionalModulesBrokeException fault)
            {
                broken.AddRange(fault.Modules);
                await hosted.StopAsync(CancellationToken.None);
                await app.DisposeAsync();
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }
        }
    }

    // Optional modules that break while the host is put together are left out, and it is put together anew: nothing of them is in it.
    private static WebApplication BuildWithout(List<BrokenModule> broken, string[] args, Action<WebApplicationBuilder>? adjust, IEnumerable<Assembly>? alsoModules)
    {
        while (true)
        {
            try
            {
                return Compose(args, adjust, alsoModules, broken);
            }
            catch (OptionalModulesBrokeException fault)
            {
                broken.AddRange(fault.Modules);
            }
        }
    }

    private static WebApplication Compose(string[] args, Action<WebApplicationBuilder>? adjust, IEnumerable<Assembly>? alsoModules, IReadOnlyList<BrokenModule> broken)
    {
        var builder = WebApplication.CreateBuilder(args);
        var dataDirectory = DataDirectoryOf(builder.Configuration);
        builder.AddHttp(dataDirectory);
        builder.AddStorage();
        var limit = TimeSpan.FromSeconds(ContainmentLimits.Read(builder.Configuration).StartSeconds);
        SetCatalog? composed = null;
        var modules = ModuleCatalog.Discover(
            builder.Configuration,
            candidate =>
            {
                candidate.ThrowIfUnfit(builder.Services);
                composed = FeedEndpoints.Compose(candidate.Modules, limit);
            },
            alsoModules,
            broken);
        builder.Services.AddFeeds(composed ?? FeedEndpoints.Compose(modules.Modules, limit));
        builder.Services.AddCore(builder.Configuration, dataDirectory, modules);
        builder.Services.AddFeedLedger(builder.Configuration, dataDirectory);
        adjust?.Invoke(builder);
        var app = builder.Build();
        try
        {
            app.MapHost();
            app.UseFrontDoor();
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>Adds everything between the socket and the use cases.</summary>
    public static void AddHttp(this WebApplicationBuilder builder, string dataDirectory, TextWriter? log = null)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddLogs(log);
        builder.AddLimits();
        builder.AddProblems();
        builder.AddCallers(dataDirectory);
        builder.AddAccess();
        builder.AddDocuments();
        builder.AddGracefulStop();
    }

    /// <summary>Maps the endpoints of the host and every use case.</summary>
    public static void MapHost(this WebApplication app)
    {
        app.MapHealth();
        app.MapLimits();
        app.MapReferencePages();
        app.MapReceipts();
        var api = app.MapApi();
        api.MapUseCases(typeof(IUseCase).Assembly);
        app.MapFeeds();
        app.MapFeedChanges();
        app.MapBulk();
        app.MapModules();
    }

    /// <summary>The group of commands and queries: bearer tokens only, so no antiforgery; every POST honours an <c>Idempotency-Key</c>.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder host)
    {
        var api = host.MapGroup("/api").Idempotent();
        return api.DisableAntiforgery();
    }

    /// <summary>Where the host keeps what is its own: <c>DataDirectory</c>, by default <c>.data</c> beside the content root.</summary>
    public static string DataDirectoryOf(IConfiguration configuration) => Path.GetFullPath(configuration["DataDirectory"] ?? ".data");
}
