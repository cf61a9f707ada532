using Credit.Core.Store;
using Credit.Domain.Feeds;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Feeds;

/// <summary>A moment at which the ledger shows the state of the register exactly.</summary>
/// <param name="Position">Position in the log.</param>
/// <param name="Ordinal">Last version of the ledger up to it.</param>
/// <param name="AsOf">Instant of the look, UTC.</param>
/// <param name="Day">Civil day that decided what is shown by date.</param>
/// <param name="Reference">SHA-256 over departments and catalogue, which many rows rest on.</param>
/// <param name="Shown">What the public is shown changed, or the day did.</param>
/// <param name="Marks">Marks of the transactions that had written by the last look (<c>pub.data_version</c>): while they are the same, the rows of now are this state.</param>
internal sealed record FeedPass(long Position, long Ordinal, DateTimeOffset AsOf, DateOnly Day, byte[] Reference, bool Shown, string Marks);

/// <summary>The newest version of a row, as a change.</summary>
/// <param name="Ordinal">Its place in the ledger.</param>
/// <param name="Set">Surface and name of the set.</param>
/// <param name="Key">Key of the row.</param>
/// <param name="Position">Position from which on the state shows it.</param>
/// <param name="Row">The row as JSON; null when it left, or its names went.</param>
/// <param name="Hash">SHA-256 of the row's text; null when it left.</param>
internal sealed record FeedVersion(long Ordinal, string Set, Guid Key, long Position, string? Row, byte[]? Hash);

/// <summary>Rows of a set at a position, and their digest.</summary>
internal sealed record FeedState(long Rows, string Digest);

/// <summary>Reads the ledger of feed rows: what each followed set showed, version by version. <see cref="FeedPen"/> writes it.</summary>
internal sealed class FeedLedger(StoreSources sources)
{
    private const string PassColumns = "position, ordinal, as_of, day, reference, shown, marks";

    /// <summary>The newest state; null before the first.</summary>
    public Task<FeedPass?> HeadAsync(CancellationToken cancel) =>
        PassAsync($"SELECT {PassColumns} FROM feed.pass ORDER BY position DESC LIMIT 1", [], cancel);

    /// <summary>
    /// The newest state that differs for the public; null before the first. Positions told to the public are of these alone: how many changes
    /// came between them is nobody's to count (X12).
    /// </summary>
    public Task<FeedPass?> PublicHeadAsync(CancellationToken cancel) =>
        PassAsync($"SELECT {PassColumns} FROM feed.pass WHERE shown ORDER BY position DESC LIMIT 1", [], cancel);

    /// <summary>When the state after this one began, by what the surface is shown; null while there is none.</summary>
    public async Task<DateTimeOffset?> SupersededAsync(long position, bool shown, CancellationToken cancel) =>
        (await PassAsync(
            $"SELECT {PassColumns} FROM feed.pass WHERE position > $1 AND (shown OR NOT $2) ORDER BY position LIMIT 1",
            [new NpgsqlParameter<long> { TypedValue = position }, new NpgsqlParameter<bool> { TypedValue = shown }], cancel))?.AsOf;

    /// <summary>The state at this very position; null when there is none, or no longer.</summary>
    public Task<FeedPass?> AtAsync(long position, CancellationToken cancel) =>
        PassAsync($"SELECT {PassColumns} FROM feed.pass WHERE position = $1", [new NpgsqlParameter<long> { TypedValue = position }], cancel);

    /// <summary>The newest state at or before a position.</summary>
    public Task<FeedPass?> BeforeAsync(long position, CancellationToken cancel) =>
        PassAsync($"SELECT {PassColumns} FROM feed.pass WHERE position <= $1 ORDER BY position DESC LIMIT 1", [new NpgsqlParameter<long> { TypedValue = position }], cancel);

    /// <summary>Sets in the ledger, with the position from which on their versions are complete.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SinceAsync(CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand("SELECT set_name, since FROM feed.followed");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var since = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
        {
            since[rows.GetString(0)] = rows.GetInt64(1);
        }

        return since;
    }

    /// <summary>Rows whose newest version at <paramref name="until"/> lies beyond <paramref name="after"/>, in the order of the ledger.</summary>
    public async Task<IReadOnlyList<FeedVersion>> ChangedAsync(string[] sets, long after, long until, int most, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            """
            SELECT ordinal, set_name, key, position, "row"::text, hash FROM feed.row_version
            WHERE set_name = ANY ($1) AND ordinal > $2 AND ordinal <= $3 AND (ended IS NULL OR ended > $3) ORDER BY ordinal LIMIT $4
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = sets });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = until });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        List<FeedVersion> changed = [];
        while (await rows.ReadAsync(cancel))
        {
            changed.Add(new(
                rows.GetInt64(0), rows.GetString(1), rows.GetGuid(2), rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetString(4), rows.IsDBNull(5) ? null : rows.GetFieldValue<byte[]>(5)));
        }

        return changed;
    }

    /// <summary>Which of these rows some state from the first to the last showed.</summary>
    public async Task<HashSet<Guid>> ShownAsync(string set, long first, long last, Guid[] keys, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            "SELECT key FROM feed.row_version WHERE set_name = $1 AND key = ANY ($2) AND ordinal <= $3 AND (ended IS NULL OR ended > $4) AND hash IS NOT NULL");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = set });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = keys });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        HashSet<Guid> shown = [];
        while (await rows.ReadAsync(cancel))
        {
            shown.Add(rows.GetGuid(0));
        }

        return shown;
    }

    /// <summary>Which of these rows some state from the first to the last showed, with what was emptied since.</summary>
    public async Task<HashSet<Guid>> EmptiedAsync(string set, long first, long last, Guid[] keys, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            "SELECT key FROM feed.row_version WHERE set_name = $1 AND key = ANY ($2) AND ordinal <= $3 AND (ended IS NULL OR ended > $4) AND hash IS NOT NULL AND \"row\" IS NULL");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = set });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = keys });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        HashSet<Guid> emptied = [];
        while (await rows.ReadAsync(cancel))
        {
            emptied.Add(rows.GetGuid(0));
        }

        return emptied;
    }

    /// <summary>All rows of a set in a state, in the order of their keys, one at a time.</summary>
    public async IAsyncEnumerable<(Guid Key, string Row, byte[] Hash)> RowsAsync(
        string set, long ordinal, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            """
            SELECT key, "row"::text, hash FROM feed.row_version
            WHERE set_name = $1 AND ordinal <= $2 AND (ended IS NULL OR ended > $2) AND "row" IS NOT NULL ORDER BY key
            """);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = set });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ordinal });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return (rows.GetGuid(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2));
        }
    }

    /// <summary>Number and digest of the rows of a set at the position of a pass.</summary>
    public async Task<FeedState> StateAsync(string set, long position, CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        var digest = await FeedPen.StateAsync(connection, set, position, cancel);
        return new(digest.Rows, digest.Value);
    }

    private async Task<FeedPass?> PassAsync(string text, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(text);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? FeedPen.PassOf(row) : null;
    }
}

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
        await using var command = new NpgsqlCommand("SELECT position, ordinal, as_of, day, reference, shown, marks FROM feed.pass ORDER BY position DESC LIMIT 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? PassOf(row) : null;
    }

    /// <summary>Begins a set anew unless its rows have the form they had: what was kept of another form is of no use to anyone.</summary>
    /// <returns>True when all its rows are to be read.</returns>
    public async Task<bool> BeginAsync(string set, byte[] shape, long position, CancellationToken cancel)
    {
        if (await ScalarAsync("SELECT shape FROM feed.followed WHERE set_name = $1", [Text(set)], cancel) is byte[] kept && kept.AsSpan().SequenceEqual(shape))
        {
            return false;
        }

        await ScalarAsync("DELETE FROM feed.row_version WHERE set_name = $1", [Text(set)], cancel);
        await ScalarAsync("DELETE FROM feed.set_state WHERE set_name = $1", [Text(set)], cancel);
        await ScalarAsync(
            "INSERT INTO feed.followed VALUES ($1, $2, $3) ON CONFLICT (set_name) DO UPDATE SET shape = excluded.shape, since = excluded.since",
            [Text(set), new NpgsqlParameter<byte[]> { TypedValue = shape }, Number(position)],
            cancel);
        return true;
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
            INSERT INTO feed.pass VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (position) DO UPDATE SET ordinal = excluded.ordinal, as_of = excluded.as_of, day = excluded.day, reference = excluded.reference,
              shown = feed.pass.shown OR excluded.shown, marks = excluded.marks
            """,
            [
                Number(pass.Position), Number(pass.Ordinal), new NpgsqlParameter<DateTimeOffset> { TypedValue = pass.AsOf },
                new NpgsqlParameter<DateOnly> { TypedValue = pass.Day }, new NpgsqlParameter<byte[]> { TypedValue = pass.Reference },
                new NpgsqlParameter<bool> { TypedValue = pass.Shown }, Text(pass.Marks),
            ],
            cancel);
    }

    /// <summary>The state is the same still, at these marks.</summary>
    public Task RemarkAsync(FeedPass pass, string marks, CancellationToken cancel) =>
        ScalarAsync("UPDATE feed.pass SET marks = $2 WHERE position = $1", [Number(pass.Position), Text(marks)], cancel);

    /// <summary>Names and facts went from these rows: they go from older versions, too (I91). The hashes stay, so that digests hold.</summary>
    public Task EmptyAsync(string set, Guid[] keys, CancellationToken cancel) => ScalarAsync(
        "UPDATE feed.row_version SET \"row\" = NULL WHERE set_name = $1 AND key = ANY ($2) AND ended IS NOT NULL AND \"row\" IS NOT NULL",
        [Text(set), new NpgsqlParameter<Guid[]> { TypedValue = keys }],
        cancel);

    /// <summary>Drops what only states older than this instant show; who stands at one of them is sent to a snapshot.</summary>
    public async Task CompactAsync(DateTimeOffset before, CancellationToken cancel)
    {
        NpgsqlParameter<long>[] horizon = [];
        await using (var oldest = new NpgsqlCommand("SELECT position, ordinal FROM feed.pass WHERE as_of <= $1 ORDER BY position DESC LIMIT 1", connection)
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
    public static FeedPass PassOf(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateOnly>(3), row.GetFieldValue<byte[]>(4), row.GetBoolean(5), row.GetString(6));

    public async ValueTask DisposeAsync()
    {
        if (_copy is not null)
        {
            // Not completed: the rows of a pass that failed are not kept.
            await _copy.DisposeAsync();
        }
    }

    private async Task<object?> ScalarAsync(string text, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };
}
