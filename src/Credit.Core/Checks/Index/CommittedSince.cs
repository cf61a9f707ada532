using Credit.Core.Intake;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Npgsql;

namespace Credit.Core.Checks.Index;

/// <summary>What the log says was changed by transactions that an earlier snapshot did not see yet.</summary>
internal sealed class CommittedSince(IndexStamp stamp, ILookup<string, Guid> touched)
{
    /// <summary>
    /// Changes whose transaction a snapshot did not see: one that began after it, or was under way in it. The order keeps the planner on the
    /// index, for it cannot know that next to nothing lies behind the snapshot.
    /// </summary>
    /// <param name="snapshot">The snapshot, as an expression in SQL.</param>
    public static string Unseen(string snapshot) =>
        $"""
        (SELECT 1 FROM core.register_entry WHERE written_in >= pg_snapshot_xmax({snapshot}::pg_snapshot) ORDER BY written_in DESC LIMIT 1)
        UNION ALL
        SELECT 1 FROM core.register_entry WHERE written_in = ANY (ARRAY(SELECT pg_snapshot_xip({snapshot}::pg_snapshot)))
        """;

    // A penalty names its subject, or is linked to it when that is registered: then the subject itself is touched. One that takes another's
    // place has the same natural key and with it the same subject.
    private static readonly (string Kind, string Sql)[] About =
    [
        (nameof(ListEntry), "SELECT subject_id FROM core.list_entry WHERE id = ANY ($1)"),
        (nameof(MeasureTask), "SELECT subject_id FROM core.measure_task WHERE id = ANY ($1)"),
        (nameof(AccountabilityItem), "SELECT person_id FROM core.accountability_item WHERE id = ANY ($1)"),
        (nameof(Exemplar), "SELECT subject_id FROM core.exemplar WHERE id = ANY ($1)"),
        (nameof(Commitment), "SELECT subject_id FROM core.commitment WHERE id = ANY ($1)"),
        (nameof(SupervisionRating), "SELECT subject_id FROM core.supervision_rating WHERE id = ANY ($1)"),
        (nameof(CreditRecord), "SELECT subject_id FROM core.credit_record WHERE id = ANY ($1)"),
        (nameof(PublicityRecord), "SELECT subject_id FROM core.penalty WHERE id = ANY ($1) AND subject_id IS NOT NULL"),
        (nameof(IntakeBatch), "SELECT DISTINCT subject_id FROM core.penalty WHERE batch_id = ANY ($1) AND subject_id IS NOT NULL"),
    ];

    /// <summary>Where the index then stands.</summary>
    public IndexStamp Stamp => stamp;

    /// <summary>True when something of this kind was changed.</summary>
    public bool Touches(string kind) => touched.Contains(kind);

    /// <summary>The stamp of the open transaction's snapshot, for whoever reads everything in it.</summary>
    public static async Task<IndexStamp> AllAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (snapshot, position) = await HeadAsync(connection, cancel);
        await using var unplaced = new NpgsqlCommand(
            "SELECT e.id FROM core.register_entry e WHERE NOT EXISTS (SELECT FROM core.register_position p WHERE p.entry_id = e.id)", connection)
        { CommandTimeout = 0 };
        return StampOf(snapshot, position, await IdsAsync(unplaced, cancel), settled: null);
    }

    /// <summary>What the open transaction's snapshot sees and an earlier one did not.</summary>
    public static async Task<CommittedSince> ReadAsync(NpgsqlConnection connection, IndexStamp before, CancellationToken cancel)
    {
        var (snapshot, position) = await HeadAsync(connection, cancel);
        await using var waited = new NpgsqlCommand(
            "SELECT id FROM unnest($1::bigint[]) AS id WHERE NOT EXISTS (SELECT FROM core.register_position p WHERE p.entry_id = id)", connection)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. before.Unplaced] } },
        };
        List<long> unplaced = before.Exact ? [] : await IdsAsync(waited, cancel);
        HashSet<(string Kind, Guid Id)> touched = [];
        await using (var changes = new NpgsqlCommand(
            """
            SELECT e.id, e.kind, e.aggregate_id, p.position IS NULL FROM core.register_entry e LEFT JOIN core.register_position p ON p.entry_id = e.id
            WHERE e.written_in >= pg_snapshot_xmax($1::pg_snapshot) OR e.written_in = ANY (ARRAY(SELECT pg_snapshot_xip($1::pg_snapshot)))
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = before.Snapshot } },
        })
        await using (var rows = await changes.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                touched.Add((rows.GetString(1), rows.GetGuid(2)));
                if (rows.GetBoolean(3))
                {
                    unplaced.Add(rows.GetInt64(0));
                }
            }
        }

        return new(StampOf(snapshot, position, unplaced, before.Settled), touched.ToLookup(each => each.Kind, each => each.Id));
    }

    /// <summary>Subjects about whom a check may have something else to say now.</summary>
    public async Task<IReadOnlyCollection<Guid>> SubjectsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        HashSet<Guid> subjects = [.. touched[nameof(Subject)]];
        foreach (var (kind, sql) in About)
        {
            if (!Touches(kind))
            {
                continue;
            }

            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. touched[kind]] } } };
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                subjects.Add(rows.GetGuid(0));
            }
        }

        return subjects;
    }

    private static IndexStamp StampOf(string snapshot, long position, IReadOnlyList<long> unplaced, string? settled) =>
        new(snapshot, position, unplaced, unplaced.Count == 0 ? snapshot : settled);

    private static async Task<(string Snapshot, long Position)> HeadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_current_snapshot()::text, coalesce((SELECT max(position) FROM core.register_position), 0)", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetString(0), row.GetInt64(1));
    }

    private static async Task<List<long>> IdsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        List<long> ids = [];
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            ids.Add(rows.GetInt64(0));
        }

        return ids;
    }
}
