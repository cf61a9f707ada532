using System.Text.Json;
using Credit.Core.Intake.Records;
using Credit.Core.Register;
using Credit.Domain.Policy;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Intake.Merging;

/// <summary>
/// Rows laid beside the table they belong to: those that speak of a decision the register or the file already has, and those
/// that waited for somebody. Compared, stored or put in force by one statement each. Ends with the transaction.
/// </summary>
internal sealed partial class StagingTable<TRecord>(PublicityTable<TRecord> table, PolicyPack pack)
    where TRecord : PublicityRecord
{
    private const string Staging = "staged_record";

    private readonly string _columns = string.Join(", ", table.Columns.Select(column => column.Name));

    /// <summary>Rows laid here.</summary>
    public int Rows { get; private set; }

    /// <summary>Copies rows in.</summary>
    public async Task AddAsync(NpgsqlConnection connection, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        if (Rows == 0)
        {
            var columns = string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}"));
            await connection.ExecuteAsync($"CREATE TEMP TABLE {Staging} ({columns}, subject_scheme text) ON COMMIT DROP", cancel);
        }

        await using var copy = await connection.BeginBinaryImportAsync($"COPY {Staging} FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            table.Write(copy, row, pack);
            copy.Write(row.Record.Counterpart.Identity.Type);
            if (row.Verdict != RowVerdict.Accepted)
            {
                _warnings[row.Row] = row.Issues;
            }
        }

        await copy.CompleteAsync(cancel);
        Rows += rows.Count;
    }

    /// <summary>Drops the table before the transaction ends, for another merge in it.</summary>
    public Task EndAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        Rows == 0 ? Task.CompletedTask : connection.ExecuteAsync($"DROP TABLE {Staging}", cancel);

    /// <summary>Lists every row that is not itself in force as a repeat or a contradiction of the stored record that holds its key.</summary>
    /// <param name="session">The batch.</param>
    /// <param name="headers">Header of the file by field code, for the findings.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<(int Unchanged, int Conflicts)> CompareAsync(IntakeSession session, IReadOnlyDictionary<string, string> headers, CancellationToken cancel)
    {
        await using var list = session.Connection.Command(
            $"""
            WITH listed AS (
              INSERT INTO core.intake_row (batch_id, row, verdict, issues, record_id, related_row, related_batch_id, due, on_time)
              SELECT $1, s.row, CASE f.code WHEN '{RowFates.DuplicateDiffers}' THEN 'Conflict' ELSE 'Unchanged' END,
                     CASE f.code WHEN '{RowFates.DuplicateDiffers}' THEN {Differences} ELSE jsonb_build_array(jsonb_build_object('code', f.code)) END,
                     p.id, p.row, p.batch_id, s.due, CASE WHEN s.due IS NOT NULL THEN NOT s.late END
              FROM {Staging} s JOIN core.{table.Table} p ON p.natural_key = s.natural_key AND p.current AND p.id <> s.id
              JOIN core.intake_batch b ON b.id = p.batch_id
              CROSS JOIN LATERAL (SELECT CASE
                WHEN b.origin <> $3 AND p.decided_on = s.decided_on THEN '{RowFates.DuplicateHall}'
                WHEN p.content_hash = s.content_hash THEN '{RowFates.DuplicateIdentical}'
                ELSE '{RowFates.DuplicateDiffers}' END AS code) f
              RETURNING verdict)
            SELECT count(*) FILTER (WHERE verdict = 'Unchanged'), count(*) FILTER (WHERE verdict = 'Conflict') FROM listed
            """,
            new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
            new NpgsqlParameter { Value = JsonSerializer.Serialize(headers, RegisterInterceptor.Json), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new NpgsqlParameter<string> { TypedValue = session.Batch.Origin.ToString() });
        await using var row = await list.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return ((int)row.GetInt64(0), (int)row.GetInt64(1));
    }

    /// <summary>Stores the staged rows that are new; the rows that are stored now, by this or an equal row, for rows that waited.</summary>
    public async Task<IReadOnlyList<int>> InsertAsync(IntakeSession session, CancellationToken cancel)
    {
        await session.Connection.ExecuteAsync(Insert(), cancel, Facts(session));
        await using var stored = session.Connection.Command(
            $"SELECT s.row FROM {Staging} s JOIN core.{table.Table} p ON p.natural_key = s.natural_key AND p.current AND p.content_hash = s.content_hash");
        return await stored.RowsAsync(cancel);
    }

    /// <summary>Puts the one staged row in force in place of the record that holds its key, when the same department sent that one (I83).</summary>
    public async Task<(Guid Record, Guid Replaced)?> ReplaceAsync(IntakeSession session, CancellationToken cancel)
    {
        var replaced = await session.Connection.ScalarAsync<Guid?>($"""
            UPDATE core.{table.Table} p SET current = false FROM {Staging} s
            WHERE p.natural_key = s.natural_key AND p.current AND p.content_hash <> s.content_hash AND p.department = $1 RETURNING p.id
            """,
            cancel,
            new NpgsqlParameter<string> { TypedValue = session.Batch.Department });
        if (replaced is not { } before)
        {
            return null;
        }

        var version = await session.Connection.ScalarAsync<int>($"SELECT max(p.version) + 1 FROM core.{table.Table} p JOIN {Staging} s ON p.natural_key = s.natural_key", cancel);
        await session.Connection.ExecuteAsync(Insert(version), cancel, Facts(session));
        return (await session.Connection.ScalarAsync<Guid>($"SELECT id FROM {Staging}", cancel), before);
    }

    // One finding per field in which the row and the stored record differ; sealed numbers are compared by their keyed hash.
    private string Differences
    {
        get
        {
            var fields = string.Join(", ", table.Columns.Where(column => column.Field is not null)
                .Select(column => $"CASE WHEN s.{column.Name} IS DISTINCT FROM p.{column.Name} THEN '{column.Field}' END"));
            return $"""
                coalesce((SELECT jsonb_agg(jsonb_build_object('code', '{RowFates.DuplicateDiffers}', 'field', d.field, 'column', $2 ->> d.field))
                 FROM (SELECT unnest(ARRAY[{fields}]) AS field
                       UNION ALL
                       SELECT key FROM jsonb_each_text(coalesce(s.particulars, '{"{}"}')) a
                       FULL JOIN jsonb_each_text(coalesce(p.particulars, '{"{}"}')) b USING (key) WHERE a.value IS DISTINCT FROM b.value) d
                 WHERE d.field IS NOT NULL), '[{"{"}"code":"{RowFates.DuplicateDiffers}"{"}"}]'::jsonb)
                """;
        }
    }

    private string Insert(int version = 1) => $"""
        INSERT INTO core.{table.Table} ({_columns}, subject_id, version, current, catalogue_item, batch_id, department, received_on)
        SELECT {string.Join(", ", table.Columns.Select(column => $"s.{column.Name}"))}, i.subject_id, {version}, true, '{table.Layout.Name}', $1, $2, $3
        FROM {Staging} s
        LEFT JOIN core.{table.Table} p ON p.natural_key = s.natural_key AND p.current
        LEFT JOIN core.subject_identifier i ON i.scheme = s.subject_scheme AND i.lookup = coalesce(s.subject_code, s.subject_lookup)
        WHERE p.id IS NULL
        """;

    private static NpgsqlParameter[] Facts(IntakeSession session) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
        new NpgsqlParameter<string> { TypedValue = session.Batch.Department },
        new NpgsqlParameter<DateOnly> { TypedValue = session.Batch.ReceivedOn },
    ];
}
