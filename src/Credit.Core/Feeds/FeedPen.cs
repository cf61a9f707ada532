using Credit.Domain.Feeds;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Feeds;

/// <summary>Writes one pass of the ledger. Its transaction holds the follower's turn, so nobody else writes.</summary>
internal sealed class FeedPen(NpgsqlConnection connection) : IAsyncDisposable
{
    private NpgsqlBinaryImporter? _copy;

    /// <summary>Takes the turn; false when another host has it.</summary>
    public async Task<bool> TakeTurnAsync(CancellationToken cancel) =>
        await ScalarAsync("SELECT pg_try_advisory_xact_lock(hashtext('credit/feed'))", [], cancel) is true;

    /// <summary>The pass before.</summary>
    public async Task<FeedPass?> LastAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT position, ordinal, as_of, day, reference, shown, marks, number FROM feed.pass ORDER BY position DESC LIMIT 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? PassOf(row) : null;
    }

    /// <summary>The sets that are kept, and in which form.</summary>
    public async Task<IReadOnlyDictionary<string, FeedShape>> FollowedAsync(CancellationToken cancel)
    {
        var followed = new Dictionary<string, FeedShape>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("SELECT set_name, shape FROM feed.followed", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            followed[rows.GetString(0)] = FeedShape.Of(rows.GetFieldValue<byte[]>(1));
        }

        return followed;
    }

    /// <summary>True when the log tells of this beyond a position: whoever told it did not come to write the state that is of it.</summary>
    public async Task<bool> IsToldAsync(string kind, Guid id, long beyond, CancellationToken cancel) => await ScalarAsync(
        """
        SELECT EXISTS (SELECT FROM core.register_entry e LEFT JOIN core.register_position p ON p.entry_id = e.id
          WHERE e.aggregate_id = $1 AND e.kind = $2 AND (p.position IS NULL OR p.position > $3))
        """,
        [new NpgsqlParameter<Guid> { TypedValue = id }, Text(kind), Number(beyond)],
        cancel) is true;

    /// <summary>Begins a set anew: what was kept of another form is of no use to anyone.</summary>
    public async Task BeginAsync(string set, FeedShape shape, long position, CancellationToken cancel)
    {
        await ForgetAsync([set], cancel);
        await ScalarAsync(
            "INSERT INTO feed.followed VALUES ($1, $2, $3)", [Text(set), new NpgsqlParameter<byte[]> { TypedValue = shape.Noted() }, Number(position)], cancel);
    }

    /// <summary>Forgets every set but these: what changes while nobody follows a set would be missing in it for good.</summary>
    public async Task ForgetOthersAsync(string[] followed, CancellationToken cancel)
    {
        if (await ScalarAsync("SELECT array_agg(set_name) FROM feed.followed WHERE set_name <> ALL ($1)", [Texts(followed)], cancel) is string[] others)
        {
            await ForgetAsync(others, cancel);
        }
    }

    /// <summary>Writes a version; null for a row that left.</summary>
    public async Task WriteAsync(FeedVersion version, long changed, CancellationToken cancel)
    {
        _copy ??= await connection.BeginBinaryImportAsync(
            "COPY feed.row_version (ordinal, set_name, key, position, changed, \"row\", hash) FROM STDIN (FORMAT binary)", cancel);
        await _copy.StartRowAsync(cancel);
        await _copy.WriteAsync(version.Ordinal, cancel);
        await _copy.WriteAsync(version.Set, cancel);
        await _copy.WriteAsync(version.Key, cancel);
        await _copy.WriteAsync(version.Position, cancel);
        await _copy.WriteAsync(changed, cancel);
        if (version is { Row: { } row, Hash: { } hash })
        {
            await _copy.WriteAsync(row, NpgsqlDbType.Json, cancel);
            await _copy.WriteAsync(hash, cancel);
        }
        else
        {
            await _copy.WriteNullAsync(cancel);
            await _copy.WriteNullAsync(cancel);
        }
    }

    /// <summary>Ends the versions that were followed by new ones, and names the state.</summary>
    /// <param name="pass">The new state.</param>
    /// <param name="before">Last ordinal of the state before.</param>
    /// <param name="states">Digests of the sets that changed.</param>
    /// <param name="cancel">Stops.</param>
    public async Task FinishAsync(FeedPass pass, long before, IReadOnlyDictionary<string, StateDigest> states, CancellationToken cancel)
    {
        if (_copy is not null)
        {
            await _copy.CompleteAsync(cancel);
            await _copy.DisposeAsync();
            _copy = null;
            await ScalarAsync(
                """
                UPDATE feed.row_version old SET ended = new.ordinal FROM feed.row_version new
                WHERE new.ordinal > $1 AND old.set_name = new.set_name AND old.key = new.key AND old.ordinal <= $1 AND old.ended IS NULL
                """,
                [Number(before)],
                cancel);
        }

        foreach (var (set, state) in states)
        {
            await ScalarAsync(
                "INSERT INTO feed.set_state VALUES ($1, $2, $3, $4)",
                [Text(set), Number(pass.Position), Number(state.Rows), new NpgsqlParameter<byte[]> { TypedValue = state.Sum }],
                cancel);
        }

        await ScalarAsync(
            """
            INSERT INTO feed.pass VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (position) DO UPDATE SET ordinal = excluded.ordinal, as_of = excluded.as_of, day = excluded.day, reference = excluded.reference,
              shown = feed.pass.shown OR excluded.shown, marks = excluded.marks, number = excluded.number
            """,
            [
                Number(pass.Position), Number(pass.Ordinal), new NpgsqlParameter<DateTimeOffset> { TypedValue = pass.AsOf },
                new NpgsqlParameter<DateOnly> { TypedValue = pass.Day }, new NpgsqlParameter<byte[]> { TypedValue = pass.Reference },
                new NpgsqlParameter<bool> { TypedValue = pass.Shown }, Text(pass.Marks), Number(pass.Number),
            ],
            cancel);
    }

    /// <summary>The state is the same still, at these marks.</summary>
    public Task RemarkAsync(FeedPass pass, string marks, CancellationToken cancel) =>
        ScalarAsync("UPDATE feed.pass SET marks = $2 WHERE position = $1", [Number(pass.Position), Text(marks)], cancel);

    /// <summary>Names and facts went from these rows: they go from older versions, too (I91). The hashes stay, so that digests hold.</summary>
    /// <param name="set">The set.</param>
    /// <param name="scope">Columns that say whose a row is; they stay.</param>
    /// <param name="keys">The rows.</param>
    /// <param name="cancel">Stops.</param>
    public Task EmptyAsync(string set, string[] scope, Guid[] keys, CancellationToken cancel) => ScalarAsync(
        """
        UPDATE feed.row_version SET "row" = NULL, scope = (SELECT coalesce(json_object_agg(kept, "row"->kept), '{}') FROM unnest($3) AS kept)
        WHERE set_name = $1 AND key = ANY ($2) AND ended IS NOT NULL AND "row" IS NOT NULL
        """,
        [Text(set), new NpgsqlParameter<Guid[]> { TypedValue = keys }, Texts(scope)],
        cancel);

    /// <summary>
    /// Drops what only states older than this instant show; who stands at one of them is sent to a snapshot. What is kept begins with a state that the public
    /// was shown, so that the public's newest stays, and where the kept begins tells of no other.
    /// </summary>
    public async Task CompactAsync(DateTimeOffset before, CancellationToken cancel)
    {
        NpgsqlParameter<long>[] horizon = [];
        await using (var oldest = new NpgsqlCommand("SELECT position, ordinal FROM feed.pass WHERE as_of <= $1 AND shown ORDER BY position DESC LIMIT 1", connection)
        {
            Parameters = { new NpgsqlParameter<DateTimeOffset> { TypedValue = before } },
        })
        await using (var row = await oldest.ExecuteReaderAsync(cancel))
        {
            if (await row.ReadAsync(cancel))
            {
                horizon = [Number(row.GetInt64(0)), Number(row.GetInt64(1))];
            }
        }

        if (horizon is not [var position, var ordinal])
        {
            return;
        }

        await ScalarAsync("DELETE FROM feed.row_version WHERE ended <= $1", [Number(ordinal.TypedValue)], cancel);
        await ScalarAsync("DELETE FROM feed.row_version WHERE ended IS NULL AND hash IS NULL AND ordinal <= $1", [Number(ordinal.TypedValue)], cancel);
        await ScalarAsync("UPDATE feed.followed SET since = greatest(since, $1)", [Number(position.TypedValue)], cancel);
        await ScalarAsync(
            """
            DELETE FROM feed.set_state old WHERE position < $1
              AND EXISTS (SELECT FROM feed.set_state newer WHERE newer.set_name = old.set_name AND newer.position > old.position AND newer.position <= $1)
            """,
            [Number(position.TypedValue)],
            cancel);
        await ScalarAsync("DELETE FROM feed.pass WHERE position < $1", [Number(position.TypedValue)], cancel);
    }

    /// <summary>The digest of a set at a position.</summary>
    public static async Task<StateDigest> StateAsync(NpgsqlConnection connection, string set, long position, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT sum, rows FROM feed.set_state WHERE set_name = $1 AND position <= $2 ORDER BY position DESC LIMIT 1", connection)
        {
            Parameters = { Text(set), Number(position) },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new StateDigest(row.GetFieldValue<byte[]>(0), row.GetInt64(1)) : new StateDigest();
    }

    /// <summary>Reads a row of passes.</summary>
    public static FeedPass PassOf(NpgsqlDataReader row, int from = 0) => new(
        row.GetInt64(from), row.GetInt64(from + 1), row.GetFieldValue<DateTimeOffset>(from + 2), row.GetFieldValue<DateOnly>(from + 3), row.GetFieldValue<byte[]>(from + 4),
        row.GetBoolean(from + 5), row.GetString(from + 6), row.GetInt64(from + 7));

    public async ValueTask DisposeAsync()
    {
        if (_copy is not null)
        {
            // Not completed: the rows of a pass that failed are not kept.
            await _copy.DisposeAsync();
        }
    }

    private async Task ForgetAsync(string[] sets, CancellationToken cancel)
    {
        foreach (var table in new[] { "feed.row_version", "feed.set_state", "feed.followed" })
        {
            await ScalarAsync($"DELETE FROM {table} WHERE set_name = ANY ($1)", [Texts(sets)], cancel);
        }
    }

    private async Task<object?> ScalarAsync(string text, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<string[]> Texts(string[] values) => new() { TypedValue = values };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };
}
