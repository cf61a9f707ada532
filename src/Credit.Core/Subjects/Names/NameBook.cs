using Credit.Core.Store;
using Credit.Domain.Subjects;
using Credit.Domain.Subjects.Names;
using Npgsql;

namespace Credit.Core.Subjects.Names;

/// <summary>
/// The index of names, read from the registry once and kept by the log: whoever asks first has what got a position since read in. Natural
/// persons never enter it. It says nothing before it is loaded.
/// </summary>
internal sealed class NameBook(StoreSources sources) : IDisposable
{
    private readonly NameIndex _index = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _loading = new();
    private Task? _load;
    private long _position;

    /// <summary>Position of the log up to which the index has read.</summary>
    public long Position => Interlocked.Read(ref _position);

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

    /// <summary>Reads in what got a position since.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        if (await HeadAsync(connection, cancel) <= Position)
        {
            return;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            var head = await HeadAsync(connection, cancel);
            await using var changed = new NpgsqlCommand(
                """
                SELECT id, kind, name, former_names FROM core.subject WHERE id IN (
                  SELECT e.aggregate_id FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id
                  WHERE p.position > $1 AND p.position <= $2 AND e.kind = 'Subject')
                """,
                connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = Position }, new NpgsqlParameter<long> { TypedValue = head } },
            };
            await PutAsync(changed, cancel);
            Interlocked.Exchange(ref _position, head);
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

    private static async Task<long> HeadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var head = new NpgsqlCommand("SELECT coalesce(max(position), 0) FROM core.register_position", connection);
        return (long)(await head.ExecuteScalarAsync(cancel))!;
    }

    // One load for all who wait; one that failed is begun anew by the next who asks.
    private Task Loaded()
    {
        lock (_loading)
        {
            return _load is null or { IsFaulted: true } or { IsCanceled: true } ? _load = Task.Run(LoadAsync) : _load;
        }
    }

    // The head is read before the names: what changes between the two is read twice and missed never.
    private async Task LoadAsync()
    {
        await using var connection = await sources.Application.OpenConnectionAsync();
        var head = await HeadAsync(connection, CancellationToken.None);
        await using var all = new NpgsqlCommand($"SELECT id, kind, name, former_names FROM core.subject WHERE kind <> '{nameof(SubjectKind.NaturalPerson)}'", connection) { CommandTimeout = 0 };
        await PutAsync(all, CancellationToken.None);
        _index.Trim();
        Interlocked.Exchange(ref _position, head);
    }

    private async Task PutAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (rows.GetString(1) != nameof(SubjectKind.NaturalPerson))
            {
                _index.Put(rows.GetGuid(0), rows.GetString(2), rows.IsDBNull(3) ? [] : rows.GetString(3).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }
}
