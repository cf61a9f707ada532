using Credit.Core.Feeds;
using Credit.Domain.Feeds;
using Npgsql;

namespace Credit.OData.Changes;

/// <summary>Compares the rows of a set as a moment shows them with those that the ledger showed last, and writes what differs.</summary>
internal static class FeedComparison
{
    private const int Chunk = 1000;

    /// <summary>Of the rows that may have changed.</summary>
    public static async Task OfAsync(
        IServiceProvider services, NpgsqlConnection look, FollowedSet set, Dictionary<Guid, (long Changed, bool Anonymised)> keys, StateDigest state, FeedWriting writing, CancellationToken cancel)
    {
        foreach (var chunk in keys.Keys.Chunk(Chunk))
        {
            var shown = new Dictionary<Guid, byte[]>();
            await foreach (var (key, hash) in ShownAsync(look, set, chunk, cancel))
            {
                shown[key] = hash;
            }

            await foreach (var row in set.ReadAsync(services, chunk, cancel))
            {
                shown.Remove(row.Key, out var before);
                await writing.NoteAsync(set, state, row.Key, row, before, keys[row.Key].Changed, cancel);
            }

            foreach (var (key, before) in shown)
            {
                await writing.NoteAsync(set, state, key, null, before, keys[key].Changed, cancel);
            }
        }
    }

    /// <summary>Of all rows, both in the order of keys, one at a time.</summary>
    public static async Task OfAllAsync(
        IServiceProvider services, NpgsqlConnection look, FollowedSet set, bool fresh, Dictionary<Guid, (long Changed, bool Anonymised)> keys, long changed, StateDigest state, FeedWriting writing, CancellationToken cancel)
    {
        long ChangedOf(Guid key) => keys.TryGetValue(key, out var own) ? Math.Max(own.Changed, changed) : changed;
        await using var shown = (fresh ? NoneAsync() : ShownAsync(look, set, null, cancel)).GetAsyncEnumerator(cancel);
        var left = await shown.MoveNextAsync();
        await foreach (var row in set.ReadAsync(services, null, cancel))
        {
            while (left && shown.Current.Key.CompareTo(row.Key) < 0)
            {
                await writing.NoteAsync(set, state, shown.Current.Key, null, shown.Current.Hash, ChangedOf(shown.Current.Key), cancel);
                left = await shown.MoveNextAsync();
            }

            byte[]? before = null;
            if (left && shown.Current.Key == row.Key)
            {
                before = shown.Current.Hash;
                left = await shown.MoveNextAsync();
            }

            await writing.NoteAsync(set, state, row.Key, row, before, ChangedOf(row.Key), cancel);
        }

        for (; left; left = await shown.MoveNextAsync())
        {
            await writing.NoteAsync(set, state, shown.Current.Key, null, shown.Current.Hash, ChangedOf(shown.Current.Key), cancel);
        }
    }

    /// <summary>True when the rows of now are not those shown last; nothing is written.</summary>
    public static async Task<bool> DiffersAsync(IServiceProvider services, NpgsqlConnection look, FollowedSet set, CancellationToken cancel)
    {
        await using var shown = ShownAsync(look, set, null, cancel).GetAsyncEnumerator(cancel);
        await foreach (var row in set.ReadAsync(services, null, cancel))
        {
            if (!await shown.MoveNextAsync() || shown.Current.Key != row.Key || !row.Hash.AsSpan().SequenceEqual(shown.Current.Hash))
            {
                return true;
            }
        }

        return await shown.MoveNextAsync();
    }

    private static async IAsyncEnumerable<(Guid Key, byte[] Hash)> NoneAsync()
    {
        await Task.CompletedTask;
        yield break;
    }

    private static async IAsyncEnumerable<(Guid Key, byte[] Hash)> ShownAsync(
        NpgsqlConnection look, FollowedSet set, Guid[]? keys, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT key, hash FROM feed.row_version WHERE set_name = $1 AND ended IS NULL AND hash IS NOT NULL {(keys is null ? "" : "AND key = ANY ($2)")} ORDER BY key", look)
        {
            CommandTimeout = 0,
            Parameters = { new NpgsqlParameter<string> { TypedValue = set.Id } },
        };
        if (keys is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = keys });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return (rows.GetGuid(0), rows.GetFieldValue<byte[]>(1));
        }
    }
}

/// <summary>What a pass wrote so far.</summary>
internal sealed class FeedWriting(FeedPen pen, long ordinal, long position)
{
    /// <summary>Last version written.</summary>
    public long Ordinal { get; private set; } = ordinal;

    /// <summary>Digests of the sets that changed.</summary>
    public Dictionary<string, StateDigest> States { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes a row as it is now, if it is not as it was; null for one that is not there.</summary>
    public async Task NoteAsync(FollowedSet set, StateDigest state, Guid key, FollowedRow? row, byte[]? before, long changed, CancellationToken cancel)
    {
        if (row is null ? before is null : before is not null && row.Hash.AsSpan().SequenceEqual(before))
        {
            return;
        }

        await pen.WriteAsync(new(++Ordinal, set.Id, key, position, row?.Text, row?.Hash), changed, cancel);
        if (before is not null)
        {
            state.Remove(key, before);
        }

        if (row is not null)
        {
            state.Add(key, row.Hash);
        }

        States[set.Id] = state;
    }
}
