using Credit.Testing;
using Npgsql;

namespace Credit.Core.Tests.Embedded;

public sealed class PostgresFixtureTests
{
    [Fact]
    public async Task Clones_share_the_template_made_once_and_nothing_else()
    {
        await using var server = await PostgresFixture.StartAsync();
        var seeder = new OneNote();

        await using var first = await server.CloneAsync(seeder);
        await using var second = await server.CloneAsync(seeder);
        await RunAsync(first.ConnectionString, "INSERT INTO note VALUES (2)");

        seeder.Runs.ShouldBe(1);
        (await RunAsync(first.ConnectionString, "SELECT count(*) FROM note")).ShouldBe(2L);
        (await RunAsync(second.ConnectionString, "SELECT count(*) FROM note")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_clone_is_gone_when_disposed()
    {
        await using var server = await PostgresFixture.StartAsync();
        var clone = await server.CloneAsync(new OneNote());
        await RunAsync(clone.ConnectionString, "SELECT 1");

        await clone.DisposeAsync();

        var left = await RunAsync(server.ConnectionString("postgres"), $"SELECT count(*) FROM pg_database WHERE datname = '{clone.Name}'");
        left.ShouldBe(0L);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private sealed class OneNote : ITemplateSeeder
    {
        public int Runs { get; private set; }

        public string Key { get; } = "note_" + Guid.CreateVersion7().ToString("N");

        public async Task SeedAsync(string connectionString, CancellationToken cancellation)
        {
            Runs++;
            await RunAsync(connectionString, "CREATE TABLE note (id int); INSERT INTO note VALUES (1)");
        }
    }
}
