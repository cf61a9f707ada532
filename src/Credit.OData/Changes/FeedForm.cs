using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Credit.Core.Feeds;
using Credit.Core.Store;
using Npgsql;

namespace Credit.OData.Changes;

/// <summary>
/// What rows in the ledger are made by, beside their columns: the views and functions that scrub what the public may not see, and the release. When one of
/// them is tightened, texts that were written down before are not to be given out any longer.
/// </summary>
internal sealed class FeedForm(StoreSources sources, FeedRelease release)
{
    // Where rows are of another form the definitions are read again, and no more often than this.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private Seen? _seen;

    /// <summary>The release of this host.</summary>
    public FeedRelease Release => release;

    /// <summary>
    /// True when the ledger has the set in the form of this host. The one test before anything of the set is given out of the ledger: rows of another form are of
    /// a release that scrubs otherwise, or has other columns.
    /// </summary>
    public async ValueTask<bool> IsKeptAsync(FeedView view, FollowedSet set, CancellationToken cancel)
    {
        var seen = _seen ?? await ReadAsync(cancel);
        if (view.Has(set.Id, seen.Of(set, release)))
        {
            return true;
        }

        // They may be defined otherwise since, where nobody of this host follows.
        return view.Since.ContainsKey(set.Id) && Stopwatch.GetElapsedTime(seen.At) >= Pause && view.Has(set.Id, (await ReadAsync(cancel)).Of(set, release));
    }

    /// <summary>The form of a set's rows as it was read last.</summary>
    public byte[] Of(FollowedSet set) => _seen!.Of(set, release);

    /// <summary>Reads it anew: every follower on its turn, so that hosts that started before and after a change agree.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancel) => _ = await LookAsync(connection, cancel);

    private async Task<Seen> ReadAsync(CancellationToken cancel)
    {
        await using var connection = await sources.Application.OpenConnectionAsync(cancel);
        return await LookAsync(connection, cancel);
    }

    private async Task<Seen> LookAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var at = Stopwatch.GetTimestamp();
        await using var command = new NpgsqlCommand(
            """
            SELECT sha256(convert_to(
              coalesce((SELECT string_agg(c.relname || E'\t' || pg_get_viewdef(c.oid), E'\n' ORDER BY c.relname)
                FROM pg_class c WHERE c.relnamespace = 'pub'::regnamespace AND c.relkind IN ('v', 'm')), '') || E'\n\n' ||
              coalesce((SELECT string_agg(pg_get_functiondef(p.oid), E'\n' ORDER BY p.proname, pg_get_function_identity_arguments(p.oid))
                FROM pg_proc p WHERE p.pronamespace = 'pub'::regnamespace AND p.prokind = 'f'), ''), 'UTF8'))
            """,
            connection);
        var definitions = (byte[])(await command.ExecuteScalarAsync(cancel))!;
        return _seen = _seen is { } known && known.Definitions.AsSpan().SequenceEqual(definitions) ? known with { At = at } : new(definitions, at);
    }

    /// <summary>The definitions as they were read.</summary>
    /// <param name="Definitions">Hash of them.</param>
    /// <param name="At">When.</param>
    private sealed record Seen(byte[] Definitions, long At)
    {
        private readonly ConcurrentDictionary<FollowedSet, byte[]> _forms = new();

        public byte[] Of(FollowedSet set, FeedRelease release) =>
            _forms.GetOrAdd(set, static (each, by) => SHA256.HashData([.. each.Columned, .. by.Definitions, .. by.Release.Id.ToByteArray()]), (Definitions, Release: release));
    }
}
