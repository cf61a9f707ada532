using System.Collections.Concurrent;
using Credit.Core.Store;
using Npgsql;

namespace Credit.Core.Feeds;

/// <summary>A moment at which the ledger shows the state of the register exactly.</summary>
/// <param name="Position">Position in the log.</param>
/// <param name="Ordinal">Last version of the ledger up to it.</param>
/// <param name="AsOf">Instant of the look, UTC.</param>
/// <param name="Day">Civil day that decided what is shown by date.</param>
/// <param name="Reference">SHA-256 over departments and catalogue, which many rows rest on.</param>
/// <param name="Shown">What the public is shown changed, or the day did.</param>
/// <param name="Marks">Marks of the transactions that had written by the last look (<c>pub.data_version</c>): while they are the same, the rows of now are this state.</param>
/// <param name="Number">How many states the public was shown up to this one. This is the position the public is told: how many hidden changes came between two of them is nobody's to count (X12).</param>
internal sealed record FeedPass(long Position, long Ordinal, DateTimeOffset AsOf, DateOnly Day, byte[] Reference, bool Shown, string Marks, long Number)
{
    /// <summary>The position a surface is told.</summary>
    public long PlaceOn(bool isPublic) => isPublic ? Number : Position;
}

/// <summary>The newest version of a row, as a change.</summary>
/// <param name="Ordinal">Its place in the ledger.</param>
/// <param name="Set">Surface and name of the set.</param>
/// <param name="Key">Key of the row.</param>
/// <param name="Position">Position from which on the state shows it.</param>
/// <param name="Row">The row as JSON; null when it left, or its names went.</param>
/// <param name="Hash">SHA-256 of the row's text; null when it left.</param>
internal sealed record FeedVersion(long Ordinal, string Set, Guid Key, long Position, string? Row, byte[]? Hash);

/// <summary>A row that changed, as it is now.</summary>
/// <param name="Ordinal">Place of its newest version in the ledger.</param>
/// <param name="Set">Surface and name of the set.</param>
/// <param name="Key">Key of the row.</param>
/// <param name="Row">The row as JSON in UTF-8; null when it left, or its names went.</param>
/// <param name="Hash">SHA-256 of the row's text; null when it left.</param>
internal sealed record ChangedRow(long Ordinal, string Set, Guid Key, ReadOnlyMemory<byte>? Row, byte[]? Hash);

/// <summary>Rows of a set at a position, and their digest.</summary>
internal sealed record FeedState(long Rows, string Digest);

/// <summary>Reads the ledger of feed rows: what each followed set showed, version by version. <see cref="FeedPen"/> writes it.</summary>
internal sealed class FeedLedger(StoreSources sources)
{
    private const int MostCounts = 1000;

    private const string PassColumns = "position, ordinal, as_of, day, reference, shown, marks, number";

    private readonly ConcurrentDictionary<(string Set, long Position), long> _counts = new();

    /// <summary>The newest state; null before the first.</summary>
    public Task<FeedPass?> HeadAsync(CancellationToken cancel) =>
        PassAsync($"SELECT {PassColumns} FROM feed.pass ORDER BY position DESC LIMIT 1", [], cancel);

    /// <summary>When the state after this place began, by what the surface is shown; null while there is none.</summary>
    public async Task<DateTimeOffset?> SupersededAsync(long place, bool isPublic, CancellationToken cancel) =>
        (await PassAsync(
            $"SELECT {PassColumns} FROM feed.pass WHERE {(isPublic ? "shown AND number" : "position")} > $1 ORDER BY position LIMIT 1",
            [new NpgsqlParameter<long> { TypedValue = place }], cancel))?.AsOf;

    /// <summary>Of the states that the public is told under these numbers those that are kept, each with when the next one took its place; null while none did.</summary>
    public async Task<IReadOnlyDictionary<long, (FeedPass State, DateTimeOffset? Ended)>> ShownStatesAsync(long[] numbers, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            $"""
            SELECT {PassColumns}, (SELECT as_of FROM feed.pass next WHERE next.shown AND next.number > p.number ORDER BY next.number LIMIT 1)
            FROM feed.pass p WHERE shown AND number = ANY ($1)
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = numbers });
        var states = new Dictionary<long, (FeedPass State, DateTimeOffset? Ended)>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var (state, ended) = (FeedPen.PassOf(rows), rows.FieldCount - 1);
            states[state.Number] = (state, rows.IsDBNull(ended) ? null : rows.GetFieldValue<DateTimeOffset>(ended));
        }

        return states;
    }

    /// <summary>The newest states of either surface, and since when sets are in the ledger, at one moment; null before the first.</summary>
    public async Task<FeedView?> ViewAsync(CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            $"""
            SELECT l.*, s.*,
              (SELECT array_agg(set_name ORDER BY set_name) FROM feed.followed), (SELECT array_agg(since ORDER BY set_name) FROM feed.followed),
              (SELECT array_agg(coalesce((SELECT number FROM feed.pass WHERE shown AND position >= f.since ORDER BY position LIMIT 1), $1) ORDER BY set_name) FROM feed.followed f),
              (SELECT array_agg(shape ORDER BY set_name) FROM feed.followed)
            FROM (SELECT {PassColumns} FROM feed.pass ORDER BY position DESC LIMIT 1) l,
              (SELECT {PassColumns} FROM feed.pass WHERE shown ORDER BY position DESC LIMIT 1) s
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = long.MaxValue });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            return null;
        }

        var next = PassColumns.Split(',').Length;
        var (latest, shown) = (FeedPen.PassOf(row), FeedPen.PassOf(row, next));
        var since = new Dictionary<string, FeedSince>(StringComparer.Ordinal);
        if (!row.IsDBNull(2 * next))
        {
            var (positions, numbers, shapes) =
                (row.GetFieldValue<long[]>((2 * next) + 1), row.GetFieldValue<long[]>((2 * next) + 2), row.GetFieldValue<byte[][]>((2 * next) + 3));
            foreach (var (name, i) in row.GetFieldValue<string[]>(2 * next).Select((name, i) => (name, i)))
            {
                since[name] = new(positions[i], numbers[i], FeedShape.Of(shapes[i]));
            }
        }

        return new(latest, shown, since);
    }

    /// <summary>The state at this very place, complete for these sets; null when there is none, or no longer. To the public there are no states but those it was shown.</summary>
    /// <param name="place">The position, or for the public the number.</param>
    /// <param name="isPublic">Who asks.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="cancel">Stops asking.</param>
    public Task<FeedPass?> AtAsync(long place, bool isPublic, string[] sets, CancellationToken cancel) =>
        PassAsync(
            $"""
            SELECT {PassColumns} FROM feed.pass p WHERE {(isPublic ? "shown AND number" : "position")} = $1
              AND (SELECT count(*) FROM feed.followed f WHERE f.set_name = ANY ($2) AND f.since <= p.position) = cardinality($2)
            """,
            [new NpgsqlParameter<long> { TypedValue = place }, new NpgsqlParameter<string[]> { TypedValue = sets }],
            cancel);

    /// <summary>Rows whose newest version at <paramref name="until"/> lies beyond <paramref name="after"/>, in the order of the ledger.</summary>
    public async Task<IReadOnlyList<ChangedRow>> ChangedAsync(string[] sets, long after, long until, int most, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(
            """
            SELECT ordinal, set_name, key, "row"::text, hash FROM feed.row_version
            WHERE set_name = ANY ($1) AND ordinal > $2 AND ordinal <= $3 AND (ended IS NULL OR ended > $3) ORDER BY ordinal LIMIT $4
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = sets });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = until });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        List<ChangedRow> changed = [];
        while (await rows.ReadAsync(cancel))
        {
            var name = rows.GetString(1);
            changed.Add(new(
                rows.GetInt64(0), Array.Find(sets, set => set == name)!, rows.GetGuid(2),
                rows.IsDBNull(3) ? default(ReadOnlyMemory<byte>?) : rows.GetFieldValue<ReadOnlyMemory<byte>>(3), rows.IsDBNull(4) ? null : rows.GetFieldValue<byte[]>(4)));
        }

        return changed;
    }

    /// <summary>Which of these rows some state from the first to the last showed to anyone, those whose names went since included.</summary>
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

    /// <summary>Number of rows of a set at the position of a pass, remembered: each list in another order than that of keys wants to know.</summary>
    public async ValueTask<long> RowCountAsync(string set, long position, CancellationToken cancel)
    {
        if (_counts.TryGetValue((set, position), out var known))
        {
            return known;
        }

        var rows = (await StateAsync(set, position, cancel)).Rows;
        if (rows == 0)
        {
            // There may be no such state any more: a set that is formed anew has none of before.
            return rows;
        }

        if (_counts.Count >= MostCounts)
        {
            _counts.Clear();
        }

        return _counts[(set, position)] = rows;
    }

    private async Task<FeedPass?> PassAsync(string text, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand(text);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? FeedPen.PassOf(row) : null;
    }
}
