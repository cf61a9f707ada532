using Npgsql;

namespace Credit.Core.Register;

/// <summary>One thing that changed up to a moment.</summary>
/// <param name="Kind">Kind of aggregate.</param>
/// <param name="Id">Which one.</param>
/// <param name="Position">Place of its last change.</param>
/// <param name="Anonymised">Its names and facts went.</param>
internal sealed record Touched(string Kind, Guid Id, long Position, bool Anonymised);

/// <summary>A moment of the database that is also a position of the log. Others may look at it until it is released.</summary>
internal sealed class RegisterMoment(NpgsqlConnection connection, NpgsqlTransaction transaction, long position, long after) : IAsyncDisposable
{
    private bool _ended;

    /// <summary>Last position of the moment.</summary>
    public long Position => position;

    /// <summary>What changed beyond the position asked for, each thing once.</summary>
    public async Task<IReadOnlyList<Touched>> TouchedAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT e.kind, e.aggregate_id, max(p.position), bool_or(e.wire_name LIKE '%.anonymised.v1')
            FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id WHERE p.position > $1 GROUP BY 1, 2
            """,
            connection,
            transaction)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = after } },
        };
        List<Touched> touched = [];
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            touched.Add(new(rows.GetString(0), rows.GetGuid(1), rows.GetInt64(2), rows.GetBoolean(3)));
        }

        return touched;
    }

    /// <summary>SHA-256 over what rows of many sets rest on and the log does not tell: departments and catalogue.</summary>
    public async Task<byte[]> ReferenceAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT sha256(convert_to(
              coalesce((SELECT string_agg(key || E'\t' || name, E'\n' ORDER BY key) FROM core.department), '') || E'\n\n' ||
              coalesce((SELECT string_agg(key || E'\t' || publish::text, E'\n' ORDER BY key) FROM core.catalogue_item), ''), 'UTF8'))
            """,
            connection,
            transaction);
        return (byte[])(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Marks of the transactions that had written by then.</summary>
    public async Task<string> MarksAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM pub.data_version", connection, transaction);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Name under which other transactions can look at the same moment, while it is held.</summary>
    public async Task<string> ShareAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, transaction);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Keeps the places and lets the next sequencer in.</summary>
    public Task ReleaseAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        await transaction.DisposeAsync();
        try
        {
            await using var end = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtext('credit/sequencer'))", connection);
            await end.ExecuteNonQueryAsync(CancellationToken.None);
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
