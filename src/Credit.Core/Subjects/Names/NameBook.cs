using System.Data;
using Credit.Core.Checks.Index;
using Credit.Core.Records;
using Credit.Core.Store;
using Credit.Domain.Subjects;
using Credit.Domain.Subjects.Names;
using Npgsql;

namespace Credit.Core.Subjects.Names;

/// <summary>
/// The index of names, read from the registry once and kept by what commits: whoever asks first has read in what was committed since, placed
/// in the log or not. Natural persons, and who stands for everybody that was anonymised, never enter it, and who becomes one leaves it with all
/// names. It says nothing before it is loaded.
/// </summary>
internal sealed class NameBook(StoreSources sources) : IDisposable
{
    private readonly NameIndex _index = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _loading = new();
    private Task? _load;
    private volatile Seen _seen = new("1:1:", 0);

    /// <summary>Head of the log in the state that the index has read: it holds at least what had a position by then.</summary>
    public long Position => _seen.Position;

    /// <summary>Names in the index, former ones included.</summary>
    public int Count => _index.Count;

    /// <summary>Loads the index where that has not begun, and brings it to the head of the log.</summary>
    /// <param name="patience">How long to wait for either.</param>
    /// <param name="cancel">Stops waiting; loading goes on.</param>
    /// <returns>False when the index cannot speak yet.</returns>
    public async Task<bool> ReadyAsync(TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            await Loaded().WaitAsync(patience, cancel);
            await CatchUpAsync(cancel).WaitAsync(patience, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Names that may be meant (<see cref="NameIndex.Search"/>). Only after <see cref="ReadyAsync"/> said so.</summary>
    public IReadOnlyList<NameMatch> Search(string asked, double least, int most) => _index.Search(asked, least, most);

    /// <summary>Reads in what was committed since.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        var asked = _seen;
        await using (var behind = new NpgsqlCommand($"SELECT EXISTS ({CommittedSince.Unseen("$1")}), coalesce((SELECT max(position) FROM core.register_position), 0)", connection) { Parameters = { Snapshot(asked) } })
        await using (var answer = await behind.ExecuteReaderAsync(cancel))
        {
            await answer.ReadAsync(cancel);
            if (!answer.GetBoolean(0))
            {
                // What was read has got its places meanwhile. Where somebody read on meanwhile, what he saw stands: it is later. Waiting for
                // his turn would say the same.
                _ = Interlocked.CompareExchange(ref _seen, asked with { Position = answer.GetInt64(1) }, asked);
                return;
            }
        }

        await _turn.WaitAsync(cancel);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var seen = await SeeAsync(connection, cancel);
            await using var changed = new NpgsqlCommand(
                """
                SELECT changed.id, s.kind, s.name, s.former_names FROM (
                  SELECT DISTINCT e.aggregate_id AS id FROM core.register_entry e
                  WHERE e.kind = 'Subject' AND (e.written_in >= pg_snapshot_xmax($1::pg_snapshot) OR e.written_in = ANY (ARRAY(SELECT pg_snapshot_xip($1::pg_snapshot))))) changed
                LEFT JOIN core.subject s ON s.id = changed.id
                """,
                connection)
            {
                Parameters = { Snapshot(_seen) },
            };
            await PutAsync(changed, cancel);
            _seen = seen;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _index.Dispose();
    }

    private static NpgsqlParameter<string> Snapshot(Seen seen) => new() { TypedValue = seen.Snapshot };

    // The open transaction's snapshot, and the head of the log in it.
    private static async Task<Seen> SeeAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var head = new NpgsqlCommand("SELECT pg_current_snapshot()::text, coalesce((SELECT max(position) FROM core.register_position), 0)", connection);
        await using var row = await head.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetString(0), row.GetInt64(1));
    }

    // One load for all who wait; one that failed is begun anew by the next who asks.
    private Task Loaded()
    {
        lock (_loading)
        {
            return _load is null or { IsFaulted: true } or { IsCanceled: true } ? _load = Task.Run(LoadAsync) : _load;
        }
    }

    private async Task LoadAsync()
    {
        await using var connection = await sources.Application.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var seen = await SeeAsync(connection, CancellationToken.None);
        await using var all = new NpgsqlCommand("SELECT id, kind, name, former_names FROM core.subject", connection) { CommandTimeout = 0 };
        await PutAsync(all, CancellationToken.None);
        _index.Trim();
        _seen = seen;
    }

    private async Task PutAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var (id, named) = (rows.GetGuid(0), !rows.IsDBNull(1) && rows.GetString(1) != nameof(SubjectKind.NaturalPerson) && rows.GetGuid(0) != AnonymiseAfterRetention.Nobody);
            _index.Put(id, named ? rows.GetString(2) : null, !named || rows.IsDBNull(3) ? [] : rows.GetString(3).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    // As PostgreSQL writes a snapshot, and the head of the log in it.
    private sealed record Seen(string Snapshot, long Position);
}
