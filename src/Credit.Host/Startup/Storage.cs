using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Host.Embedded;

namespace Credit.Host.Startup;

/// <summary>Finds or starts the database, migrates it, and brings the catalogue in step, before the first request.</summary>
internal static class Storage
{
    /// <summary>Name of the connection string; absent means the private cluster.</summary>
    public const string ConnectionName = "Credit";

    /// <summary>Name of the database in the private cluster.</summary>
    public const string Database = "credit";

    public static void AddStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ReadinessGate("database"));
        builder.Services.AddSingleton<IReadiness>(services => services.GetRequiredService<ReadinessGate>());
        builder.Services.AddSingleton<ClusterHolder>();
    }

    /// <summary>Starts the store. With a connection string nothing is started; without one the private cluster is, and it ends with the host.</summary>
    public static async Task StartStorageAsync(this WebApplication app, bool loadDemo = true, CancellationToken cancel = default)
    {
        string connectionString;
        if (app.Configuration.GetConnectionString(ConnectionName) is { Length: > 0 } given)
        {
            connectionString = given;
            if (loadDemo)
            {
                await DemoSandbox.LoadAsync(app, connectionString, cancel);
            }
        }
        else
        {
            var logger = app.Services.GetRequiredService<ILogger<EmbeddedCluster>>();
            var cluster = await EmbeddedCluster.StartAsync(CreditHost.DataDirectoryOf(app.Configuration), new EmbeddedOptions(), logger, cancel);
            app.Services.GetRequiredService<ClusterHolder>().Cluster = cluster;
            cluster.Lost.Register(app.Lifetime.StopApplication);
            if (loadDemo)
            {
                await DemoSandbox.LoadAsync(app, cluster, Database, cancel);
            }

            await cluster.EnsureDatabaseAsync(Database, cancel);
            connectionString = cluster.ConnectionString(Database);
        }

        await app.PrepareStoreAsync(connectionString, cancel);
        app.Services.GetRequiredService<ReadinessGate>().Open();
    }

    /// <summary>Migrates the database and brings catalogue and calendar in step.</summary>
    public static async Task PrepareStoreAsync(this WebApplication app, string connectionString, CancellationToken cancel)
    {
        app.Services.GetRequiredService<StoreAddress>().ConnectionString = connectionString;
        await StoreRegistration.MigrateAsync(connectionString, cancel);
        if (FeedbackDbContext.ViewsOf(app.Services.GetRequiredService<ModuleCatalog>()) is { Length: > 0 } views)
        {
            await StoreRegistration.RunAsOwnerAsync(connectionString, views, cancel);
        }

        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogueSync>().RunAsync(cancel);
        await app.Services.GetRequiredService<DistrictCalendar>().RefreshAsync(cancel);
    }

    /// <summary>Owns the private cluster so that it is stopped after everything that uses it.</summary>
    internal sealed class ClusterHolder : IAsyncDisposable
    {
        public EmbeddedCluster? Cluster { get; set; }

        public ValueTask DisposeAsync() => Cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
