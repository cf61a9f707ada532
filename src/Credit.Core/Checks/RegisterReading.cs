using System.Data;
using Credit.Core.Checks.Index;
using Credit.Core.Incentives;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Credit.Core.Checks;

/// <summary>
/// Opens the register itself for a check, in one snapshot. Changes that are committed but have no place in the sequence yet are given one
/// first, so that the state is the state at the position the answer names; under a stream of changes it may hold a few more.
/// </summary>
internal sealed class RegisterReading(
    CreditDbContext db, Sequencer sequencer, CheckIndex index, MemorandumCatalogue catalogue, DepartmentDirectory departments, CanonicalMeasures canonical,
    PolicyPacks packs, StandingReader standings)
{
    private const int Tries = 4;

    /// <summary>A snapshot in a transaction that is open.</summary>
    public async Task<Opened> OpenAsync(CancellationToken cancel)
    {
        for (var tried = 1; ; tried++)
        {
            var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var (head, waiting) = await HeadAsync(index.Stamp?.Settled, cancel);
            if (!waiting || tried == Tries)
            {
                index.Saw(head);
                var rules = new HitRules(await catalogue.CurrentAsync(db, cancel), departments, canonical, packs);
                return new(transaction, new(db, standings, rules, packs, head));
            }

            await transaction.DisposeAsync();
            await sequencer.RunOnceAsync(cancel);
        }
    }

    // Where nothing is known to have been settled, the whole log would have to be looked through.
    private async Task<(long Head, bool Waiting)> HeadAsync(string? settled, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce((SELECT max(position) FROM core.register_position), 0), $1::text IS NOT NULL AND EXISTS (
              SELECT FROM (
                (SELECT id FROM core.register_entry WHERE written_in >= pg_snapshot_xmax($1::pg_snapshot) ORDER BY written_in DESC)
                UNION ALL
                SELECT id FROM core.register_entry WHERE written_in = ANY (ARRAY(SELECT pg_snapshot_xip($1::pg_snapshot)))) recent
              WHERE NOT EXISTS (SELECT FROM core.register_position p WHERE p.entry_id = recent.id))
            """,
            (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new NpgsqlParameter { Value = settled ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetBoolean(1));
    }

    /// <summary>A snapshot, and the transaction to keep the receipt in.</summary>
    internal sealed record Opened(IDbContextTransaction Transaction, SqlHitSource Source) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Transaction.DisposeAsync();
    }
}
