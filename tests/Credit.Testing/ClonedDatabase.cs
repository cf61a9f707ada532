using Npgsql;

namespace Credit.Testing;

/// <summary>A database of one test's own, dropped when disposed.</summary>
public sealed class ClonedDatabase : IAsyncDisposable
{
    private readonly PostgresFixture _server;

    internal ClonedDatabase(PostgresFixture server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = server.ConnectionString(name);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await _server.DropAsync(Name);
    }
}
