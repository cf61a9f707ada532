using System.Text.Json;
using Credit.Core.Intake.Records;
using Credit.Core.Register;
using Credit.Domain.Policy;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Intake.Merging;

/// <summary>The staging table of one batch and the statements that merge it, all in the session's transaction.</summary>
internal sealed class PublicityMerge<TRecord>(PublicityTable<TRecord> table, PolicyPack pack)
    where TRecord : PublicityRecord
{
    private const string Staging = "staged_record";

    // The row's own verdict, or what the record that holds its key makes of it.
    private const string Fate = "CASE WHEN p.id = s.id THEN s.verdict WHEN p.content_hash = s.content_hash THEN 'Unchanged' ELSE 'Conflict' END";

    private string Joined => $"{Staging} s JOIN core.{table.Table} p ON p.natural_key = s.natural_key AND p.current";

    /// <summary>Makes the staging table; it ends with the transaction.</summary>
    public async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}"));
        await ExecuteAsync(
            connection,
            $"CREATE TEMP TABLE {Staging} ({columns}, is_first bool, subject_scheme text, verdict text, issues text) ON COMMIT DROP",
            cancel);
    }

    /// <summary>Copies rows into it.</summary>
    public async Task StageAsync(NpgsqlConnection connection, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync($"COPY {Staging} FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            copy.Write(row.Id);
            copy.Write(row.Row);
            copy.Write(row.Key.ToString());
            copy.Write(row.Record.ContentHash);
            table.WriteShared(copy, row.Record, row.Secrets, pack);
            table.WriteOwn(copy, row.Record);
            copy.Write(row.IsFirst);
            copy.Write(row.Record.Counterpart.Identity.Type);
            copy.Write(row.Verdict.ToString());
            copy.Write(RowFates.Write(row.Issues));
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>Inserts what is new, lists what is worth listing, and adds up.</summary>
    /// <param name="session">The batch.</param>
    /// <param name="headers">Header of the file by field code, for the findings.</param>
    /// <param name="judged">Totals of rows that were not staged.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IntakeTotals> MergeAsync(IntakeSession session, IReadOnlyDictionary<string, string> headers, IntakeTotals judged, CancellationToken cancel)
    {
        await ExecuteAsync(session.Connection, $"ANALYZE {Staging} (natural_key, subject_scheme, subject_code, subject_lookup, is_first)", cancel);
        var inserted = await ExecuteAsync(session.Connection, Insert(), cancel, Facts(session));
        var staged = await ScalarAsync<long>(session.Connection, $"SELECT count(*) FROM {Staging}", cancel);

        // In a file without repeats every staged row is its own record: no need to look for others.
        var allNew = inserted == staged;
        await ListAsync(session, headers, allNew, cancel);
        await using var sums = new NpgsqlCommand(
            allNew
                ? $"""
                SELECT count(*) FILTER (WHERE verdict = 'Accepted'), count(*) FILTER (WHERE verdict <> 'Accepted'), 0::bigint, 0::bigint,
                       count(*) FILTER (WHERE late), encode(sha256(string_agg(content_hash, ''::bytea ORDER BY row)), 'hex')
                FROM {Staging}
                """
                : $"""
                SELECT count(*) FILTER (WHERE p.id = s.id AND s.verdict = 'Accepted'), count(*) FILTER (WHERE p.id = s.id AND s.verdict <> 'Accepted'),
                       count(*) FILTER (WHERE p.id <> s.id AND p.content_hash = s.content_hash), count(*) FILTER (WHERE p.id <> s.id AND p.content_hash <> s.content_hash),
                       count(*) FILTER (WHERE p.id = s.id AND s.late),
                       encode(sha256(string_agg(s.content_hash, ''::bytea ORDER BY s.row) FILTER (WHERE p.id = s.id)), 'hex')
                FROM {Joined}
                """,
            session.Connection);
        await using var row = await sums.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return judged with
        {
            Accepted = (int)row.GetInt64(0),
            AcceptedWithWarning = (int)row.GetInt64(1),
            Unchanged = (int)row.GetInt64(2),
            Conflicts = (int)row.GetInt64(3),
            Late = (int)row.GetInt64(4),
            RecordsHash = row.IsDBNull(5) ? null : row.GetString(5),
        };
    }

    /// <summary>Inserts what is new; the rows inserted, for rows that waited.</summary>
    public async Task<IReadOnlyList<int>> InsertAsync(IntakeSession session, CancellationToken cancel)
    {
        await using var insert = Command(session.Connection, Insert() + " RETURNING row", Facts(session));
        return await RowsAsync(insert, cancel);
    }

    /// <summary>Puts the one staged row in force in place of the record that holds its key.</summary>
    public async Task<(Guid Record, Guid Replaced)?> ReplaceAsync(IntakeSession session, CancellationToken cancel)
    {
        var replaced = await ScalarAsync<Guid?>(
            session.Connection,
            $"""
            UPDATE core.{table.Table} p SET current = false FROM {Staging} s
            WHERE p.natural_key = s.natural_key AND p.current AND p.content_hash <> s.content_hash RETURNING p.id
            """,
            cancel);
        if (replaced is not { } before)
        {
            return null;
        }

        var version = await ScalarAsync<int>(
            session.Connection, $"SELECT max(p.version) + 1 FROM core.{table.Table} p JOIN {Staging} s ON p.natural_key = s.natural_key", cancel);
        await ExecuteAsync(session.Connection, Insert(version), cancel, Facts(session));
        return (await ScalarAsync<Guid>(session.Connection, $"SELECT id FROM {Staging}", cancel), before);
    }

    /// <summary>Rows that contradict the register.</summary>
    public async Task<IReadOnlySet<int>> ConflictsAsync(IntakeSession session, CancellationToken cancel)
    {
        await using var conflicts = Command(
            session.Connection, "SELECT row FROM core.intake_row WHERE batch_id = $1 AND verdict = 'Conflict'", [new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id }]);
        return (await RowsAsync(conflicts, cancel)).ToHashSet();
    }

    /// <summary>Keeps the sealed cells of rows.</summary>
    public static async Task KeepCellsAsync(IntakeSession session, IReadOnlyList<(int Row, byte[] Cells)> rows, CancellationToken cancel)
    {
        if (rows.Count > 0)
        {
            await ExecuteAsync(
                session.Connection,
                "UPDATE core.intake_row r SET cells = k.cells FROM unnest($2, $3) k(row, cells) WHERE r.batch_id = $1 AND r.row = k.row",
                cancel,
                [
                    new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
                    new NpgsqlParameter<int[]> { TypedValue = [.. rows.Select(row => row.Row)] },
                    new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Cells)] },
                ]);
        }
    }

    private string Insert(int version = 1)
    {
        var names = string.Join(", ", table.Columns.Select(column => column.Name));
        var values = string.Join(", ", table.Columns.Select(column => column.Name == "particulars" ? "s.particulars::jsonb" : $"s.{column.Name}"));
        return $"""
            INSERT INTO core.{table.Table} ({names}, subject_id, version, current, catalogue_item, batch_id, department, received_on)
            SELECT {values}, i.subject_id, {version}, true, '{table.Layout.Name}', $1, $2, $3
            FROM {Staging} s
            LEFT JOIN core.{table.Table} p ON p.natural_key = s.natural_key AND p.current
            LEFT JOIN core.subject_identifier i ON i.scheme = s.subject_scheme AND i.lookup = coalesce(s.subject_code, s.subject_lookup)
            WHERE s.is_first AND p.id IS NULL
            """;
    }

    private static NpgsqlParameter[] Facts(IntakeSession session) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
        new NpgsqlParameter<string> { TypedValue = session.Batch.Department },
        new NpgsqlParameter<DateOnly> { TypedValue = session.Batch.ReceivedOn },
    ];

    private async Task ListAsync(IntakeSession session, IReadOnlyDictionary<string, string> headers, bool allNew, CancellationToken cancel)
    {
        var own = $"""
            INSERT INTO core.intake_row (batch_id, row, verdict, issues, record_id, due, on_time)
            SELECT $1, s.row, s.verdict, s.issues::jsonb, s.id, s.due, NOT s.late
            FROM {Staging} s WHERE s.verdict <> 'Accepted' OR s.late
            """;
        var joined = $"""
            INSERT INTO core.intake_row (batch_id, row, verdict, issues, record_id, related_row, related_batch_id, due, on_time)
            SELECT $1, s.row, f.fate,
                   CASE f.fate WHEN 'Unchanged' THEN '[{"{"}"code":"{RowFates.DuplicateIdentical}"{"}"}]'::jsonb
                               WHEN 'Conflict' THEN {Differences}
                               ELSE s.issues::jsonb END,
                   p.id, CASE WHEN p.id <> s.id THEN p.row END, CASE WHEN p.id <> s.id THEN p.batch_id END, s.due, CASE WHEN s.due IS NOT NULL THEN NOT s.late END
            FROM {Joined} CROSS JOIN LATERAL (SELECT {Fate} AS fate) f
            WHERE f.fate <> 'Accepted' OR s.late
            """;
        var parameters = allNew
            ? [new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id }]
            : new NpgsqlParameter[]
            {
                new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
                new() { Value = JsonSerializer.Serialize(headers, RegisterInterceptor.Json), NpgsqlDbType = NpgsqlDbType.Jsonb },
            };
        await ExecuteAsync(session.Connection, allNew ? own : joined, cancel, parameters);
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
                       SELECT key FROM jsonb_each_text(coalesce(s.particulars::jsonb, '{"{}"}')) a
                       FULL JOIN jsonb_each_text(coalesce(p.particulars, '{"{}"}')) b USING (key) WHERE a.value IS DISTINCT FROM b.value) d
                 WHERE d.field IS NOT NULL), '[{"{"}"code":"{RowFates.DuplicateDiffers}"{"}"}]'::jsonb)
                """;
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = Command(connection, sql, []);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default!;
    }

    private static async Task<IReadOnlyList<int>> RowsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        List<int> rows = [];
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(reader.GetInt32(0));
        }

        return rows;
    }
}
