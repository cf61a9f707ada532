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
    private const int MostCounts = 1000;

    private const string PassColumns = "position, ordinal, as_of, day, reference, shown, marks";

    private readonly ConcurrentDictionary<(string Set, long Position), long> _counts = new();

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

    /// <summary>Hash of the form that the rows of each set are written in.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> ShapesAsync(CancellationToken cancel)
    {
        await using var command = sources.Application.CreateCommand("SELECT set_name, shape FROM feed.followed");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var shapes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
        {
            shapes[rows.GetString(0)] = rows.GetFieldValue<byte[]>(1);
        }

        return shapes;
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

    /// <summary>Number of rows of a set at the position of a pass, remembered: each list in another order than that of keys wants to know.</summary>
    public async ValueTask<long> RowCountAsync(string set, long position, CancellationToken cancel)
    {
        if (_counts.TryGetValue((set, position), out var known))
        {
            return known;
        }

        var rows = (await StateAsync(set, position, cancel)).Rows;
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
