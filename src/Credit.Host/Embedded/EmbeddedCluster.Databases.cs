using Npgsql;

namespace Credit.Host.Embedded;

/// <content>The databases of the cluster.</content>
internal sealed partial class EmbeddedCluster
{
    /// <summary>A template must have no connections; null starts empty.</summary>
    /// <exception cref="PostgresException">42P04 when the name is taken.</exception>
    public async Task CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellation = default)
    {
        await using var connection = await OpenAsync(cancellation);
        await CreateAsync(connection, name, template, cancellation);
    }

    /// <summary>Creates the database unless it is there.</summary>
    public async Task EnsureDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        if (!await HasDatabaseAsync(name, cancellation))
        {
            await CreateDatabaseAsync(name, template: null, cancellation);
        }
    }

    /// <summary>True when there is a database of this name.</summary>
    public async Task<bool> HasDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new NpgsqlParameter { Value = name } },
        };
        return await exists.ExecuteScalarAsync(cancellation) is not null;
    }

    /// <summary>Gives a database another name. The name must be free.</summary>
    public Task RenameDatabaseAsync(string name, string to, CancellationToken cancellation = default) =>
        ExecuteAsync(quote => $"ALTER DATABASE {quote(name)} RENAME TO {quote(to)}", cancellation);

    /// <summary>Drops a database, if there is one of this name, and whatever connections it has.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellation = default) =>
        ExecuteAsync(quote => $"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)", cancellation);

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false };
        var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    private async Task ExecuteAsync(Func<Func<string, string>, string> statement, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        using var quote = new NpgsqlCommandBuilder();
        await using var command = new NpgsqlCommand(statement(quote.QuoteIdentifier), connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task CreateAsync(
        NpgsqlConnection connection, string name, string? template, CancellationToken cancellation)
    {
        using var quote = new NpgsqlCommandBuilder();
        var from = template is null ? "" : $" TEMPLATE {quote.QuoteIdentifier(template)}";
        await using var create = new NpgsqlCommand($"CREATE DATABASE {quote.QuoteIdentifier(name)}{from}", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }
}
