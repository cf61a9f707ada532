using Credit.Host.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Credit.Testing;

/// <summary>
/// The volatile PostgreSQL cluster of a test process: the one <c>./test</c> shares through <c>CREDIT_TEST_CLUSTER</c>
/// (a superuser's connection string), otherwise one of its own in a temporary folder.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly EmbeddedCluster? _own;
    private readonly string? _folder;
    private readonly NpgsqlDataSource _admin;
    private readonly string _server;
    private readonly SemaphoreSlim _seeding = new(1, 1);
    private readonly HashSet<string> _seeded = new(StringComparer.Ordinal);

    private PostgresFixture(string server, EmbeddedCluster? own, string? folder)
    {
        _server = server;
        _own = own;
        _folder = folder;
        _admin = NpgsqlDataSource.Create(ConnectionString("postgres"));
    }

    public static async Task<PostgresFixture> StartAsync(CancellationToken cancellation = default)
    {
        if (Environment.GetEnvironmentVariable("CREDIT_TEST_CLUSTER") is { Length: > 0 } shared)
        {
            return new PostgresFixture(shared, own: null, folder: null);
        }

        var folder = Directory.CreateTempSubdirectory("credit-tests-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The server's account, another one when the tests run as root, must be able to pass through.
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var own = await EmbeddedCluster.StartAsync(folder, new EmbeddedOptions { Volatile = true }, NullLogger.Instance, cancellation);
        return new PostgresFixture(own.ConnectionString("postgres"), own, folder);
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_server) { Database = database, IncludeErrorDetail = true }.ConnectionString;

    /// <summary>A fresh database with the seeder's content, which is made once per cluster and then copied.</summary>
    public async Task<ClonedDatabase> CloneAsync(ITemplateSeeder seeder, CancellationToken cancellation = default)
    {
        var template = "template_" + seeder.Key;
        await SeedOnceAsync(template, seeder, cancellation);
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}", cancellation);
        return new ClonedDatabase(this, name);
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DisposeAsync();
        _seeding.Dispose();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    internal Task DropAsync(string database) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", CancellationToken.None);

    private async Task SeedOnceAsync(string template, ITemplateSeeder seeder, CancellationToken cancellation)
    {
        await _seeding.WaitAsync(cancellation);
        try
        {
            if (_seeded.Contains(template))
            {
                return;
            }

            // Other test processes of the same run wait here, then find the template finished.
            await using var turn = await _admin.OpenConnectionAsync(cancellation);
            await ExecuteAsync(turn, "SELECT pg_advisory_lock(hashtext($1))", cancellation, template);
            try
            {
                await MakeTemplateAsync(turn, template, seeder, cancellation);
            }
            finally
            {
                await ExecuteAsync(turn, "SELECT pg_advisory_unlock(hashtext($1))", CancellationToken.None, template);
            }

            _seeded.Add(template);
        }
        finally
        {
            _seeding.Release();
        }
    }

    private async Task MakeTemplateAsync(
        NpgsqlConnection turn, string template, ITemplateSeeder seeder, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", turn)
        {
            Parameters = { new NpgsqlParameter { Value = template } },
        };
        if (await exists.ExecuteScalarAsync(cancellation) is not null)
        {
            return;
        }

        var unfinished = template + "_new";
        await ExecuteAsync(turn, $"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)", cancellation);
        await ExecuteAsync(turn, $"CREATE DATABASE {unfinished}", cancellation);
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString(unfinished)) { Pooling = false };
        await seeder.SeedAsync(unpooled.ConnectionString, cancellation);
        await ExecuteAsync(turn, $"ALTER DATABASE {unfinished} RENAME TO {template}", cancellation);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await _admin.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, sql, cancellation);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
