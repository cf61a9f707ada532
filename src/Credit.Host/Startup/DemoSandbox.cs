using Credit.Core.Demo;
using Credit.Domain.Policy;
using Credit.Host.Embedded;
using Npgsql;

namespace Credit.Host.Startup;

/// <summary>
/// Loads the demo district with a host of its own that is never opened to anybody and whose clock goes through the two
/// years. In the private cluster it fills a database aside and renames it when complete, so a kill leaves no half district.
/// </summary>
internal static class DemoSandbox
{
    private const string Unfinished = "credit_demo_unfinished";

    /// <summary>Loads into the private cluster, unless its register holds anything.</summary>
    public static async Task LoadAsync(WebApplication app, EmbeddedCluster cluster, string database, CancellationToken cancel)
    {
        if (!FirstRun.LoadsDemo(app.Configuration)
            || (await cluster.HasDatabaseAsync(database, cancel) && !await IsEmptyAsync(cluster.ConnectionString(database), cancel)))
        {
            return;
        }

        await cluster.DropDatabaseAsync(Unfinished, cancel);
        await cluster.CreateDatabaseAsync(Unfinished, cancellation: cancel);
        await FillAsync(app, cluster.ConnectionString(Unfinished), cancel);
        await cluster.DropDatabaseAsync(database, cancel);
        await cluster.RenameDatabaseAsync(Unfinished, database, cancel);
    }

    /// <summary>Loads into a named server's database, when that is asked for and its register is empty.</summary>
    public static async Task LoadAsync(WebApplication app, string connectionString, CancellationToken cancel)
    {
        if (FirstRun.LoadsDemo(app.Configuration) && await IsEmptyAsync(connectionString, cancel))
        {
            await FillAsync(app, connectionString, cancel);
        }
    }

    private static async Task FillAsync(WebApplication app, string connectionString, CancellationToken cancel)
    {
        var today = app.Services.GetRequiredService<TimeProvider>().Today();
        var plan = DemoPlan.For(today, WorkingCalendar.BuiltIn, app.Configuration.GetValue("Demo:Subjects", DemoPlan.FullSize));
        var clock = new DemoClock(plan.Start);

        // Nothing is lost by haste: what is not complete is made anew.
        var hasty = new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c synchronous_commit=off", MaxAutoPrepare = 100, NoResetOnClose = true };

        // The stories are told by the policy of 2019; a district under a later framework finds them decided under the former one.
        await using var sandbox = CreditHost.Build(
            [
                "--contentRoot", app.Environment.ContentRootPath, "--environment", app.Environment.EnvironmentName,
                "--ConnectionStrings:Credit", hasty.ConnectionString, "--DataDirectory", CreditHost.DataDirectoryOf(app.Configuration),
                "--Clockwork:Enabled", "false", "--Demo:Load", "false", "--Issuer:DemoAccounts", "false",
                "--Policy:Pack", "rencheng-2019", "--Logging:LogLevel:Default", "Warning",
            ],
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await sandbox.PrepareStoreAsync(hasty.ConnectionString, cancel);
        var endpoints = ((IEndpointRouteBuilder)sandbox).DataSources.SelectMany(source => source.Endpoints);
        await new DemoLoad(sandbox.Services, clock, endpoints, new DemoProgress(Console.Out)).RunAsync(plan, cancel);

        // The migration's connections wait in a pool; a database that has any cannot be renamed.
        await using var pooled = new NpgsqlConnection(hasty.ConnectionString);
        NpgsqlConnection.ClearPool(pooled);
    }

    private static async Task<bool> IsEmptyAsync(string connectionString, CancellationToken cancel)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var migrated = new NpgsqlCommand("SELECT to_regclass('core.register_entry') IS NOT NULL", connection);
        if (await migrated.ExecuteScalarAsync(cancel) is not true)
        {
            return true;
        }

        await using var empty = new NpgsqlCommand(
            """
            SELECT NOT EXISTS (SELECT FROM core.register_entry) AND NOT EXISTS (SELECT FROM core.subject) AND NOT EXISTS (SELECT FROM core.intake_batch)
            """,
            connection);
        return await empty.ExecuteScalarAsync(cancel) is true;
    }
}
