using System.Security.Cryptography;
using Credit.Core.Store;
using Npgsql;

namespace Credit.OData.Changes;

/// <summary>
/// What rows in the ledger are made by, beside their columns: the views and functions that scrub what the public may not see, and the release. When one of
/// them is tightened, texts that were written down before are not to be given out any longer.
/// </summary>
internal sealed class FeedForm(StoreSources sources)
{
    private static readonly byte[] Release = System.Text.Encoding.UTF8.GetBytes($"{typeof(FeedForm).Assembly.GetName().Version}");

    private byte[]? _seen;

    /// <summary>The form of a set's rows, as far as this host knows.</summary>
    public async ValueTask<byte[]> OfAsync(FollowedSet set, CancellationToken cancel)
    {
        if (_seen is null)
        {
            await using var connection = await sources.Application.OpenConnectionAsync(cancel);
            await ReadAsync(connection, cancel);
        }

        return Of(set);
    }

    /// <summary>The form of a set's rows as it was read last.</summary>
    public byte[] Of(FollowedSet set) => SHA256.HashData([.. set.Columned, .. _seen!, .. Release]);

    /// <summary>Reads it anew: every follower on its turn, so that hosts that started before and after a change agree.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT sha256(convert_to(
              coalesce((SELECT string_agg(c.relname || E'\t' || pg_get_viewdef(c.oid), E'\n' ORDER BY c.relname)
                FROM pg_class c WHERE c.relnamespace = 'pub'::regnamespace AND c.relkind IN ('v', 'm')), '') || E'\n\n' ||
              coalesce((SELECT string_agg(pg_get_functiondef(p.oid), E'\n' ORDER BY p.proname, pg_get_function_identity_arguments(p.oid))
                FROM pg_proc p WHERE p.pronamespace = 'pub'::regnamespace AND p.prokind = 'f'), ''), 'UTF8'))
            """,
            connection);
        _seen = (byte[])(await command.ExecuteScalarAsync(cancel))!;
    }
}
