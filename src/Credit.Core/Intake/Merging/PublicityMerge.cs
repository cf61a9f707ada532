using System.Security.Cryptography;
using System.Text.Json;
using Credit.Core.Intake.Records;
using Credit.Core.Register;
using Credit.Domain.Policy;
using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Intake.Merging;

/// <summary>
/// Merges one batch inside the session's transaction. What is new is copied straight into its table; what speaks of a decision
/// the register or the file already has is staged, and compared with the stored records in one statement at the end.
/// </summary>
internal sealed class PublicityMerge<TRecord>(PublicityTable<TRecord> table, PolicyPack pack)
    where TRecord : PublicityRecord
{
    private const string Staging = "staged_record";

    private readonly IncrementalHash _stored = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _columns = string.Join(", ", table.Columns.Select(column => column.Name));
    private int _accepted;
    private int _warned;
    private int _late;
    private int _staged;

    /// <summary>Makes the staging table; it ends with the transaction.</summary>
    public async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}"));
        await ExecuteAsync(connection, $"CREATE TEMP TABLE {Staging} ({columns}, subject_scheme text, verdict text, issues text) ON COMMIT DROP", cancel);
    }

    /// <summary>Drops the staging table before the transaction ends, for another merge in it.</summary>
    public static Task EndAsync(NpgsqlConnection connection, CancellationToken cancel) => ExecuteAsync(connection, $"DROP TABLE {Staging}", cancel);

    /// <summary>Stores the rows that are new and stages the others.</summary>
    /// <returns>Fates worth a row of their own among the stored ones.</returns>
    public async Task<IReadOnlyList<RowFate>> AddAsync(IntakeSession session, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var (held, subjects) = await LookUpAsync(session.Connection, rows, cancel);
        var added = held.Count == 0 && rows.All(row => row.IsFirst) ? rows : [.. rows.Where(row => row.IsFirst && !held.Contains(row.Key.ToGuid()))];
        await CopyAsync(session, added, subjects, cancel);
        if (added.Count < rows.Count)
        {
            var ids = added.Select(row => row.Id).ToHashSet();
            await StageAsync(session.Connection, [.. rows.Where(row => !ids.Contains(row.Id))], cancel);
        }

        return [.. added.Where(row => row.Verdict != RowVerdict.Accepted || row.Record.Timing.OnTime == false).Select(row => new RowFate(row.Row, row.Verdict, row.Issues)
        {
            RecordId = row.Id, Due = row.Record.Timing.Due, OnTime = row.Record.Timing.OnTime,
        })];
    }

    /// <summary>Copies rows into the staging table.</summary>
    public async Task StageAsync(NpgsqlConnection connection, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {Staging} FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            Write(copy, row);
            copy.Write(row.Record.Counterpart.Identity.Type);
            copy.Write(row.Verdict.ToString());
            copy.Write(RowFates.Write(row.Issues));
        }

        await copy.CompleteAsync(cancel);
        _staged += rows.Count;
    }

    /// <summary>Decides about the staged rows, lists them, and adds everything up.</summary>
    /// <param name="session">The batch.</param>
    /// <param name="headers">Header of the file by field code, for the findings.</param>
    /// <param name="judged">Totals of rows that never came here.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IntakeTotals> FinishAsync(IntakeSession session, IReadOnlyDictionary<string, string> headers, IntakeTotals judged, CancellationToken cancel)
    {
        var totals = judged with
        {
            Accepted = _accepted, AcceptedWithWarning = _warned, Late = _late,
            RecordsHash = _accepted + _warned == 0 ? null : Convert.ToHexStringLower(_stored.GetHashAndReset()),
        };
        if (_staged == 0)
        {
            return totals;
        }

        await using var list = new NpgsqlCommand(
            $"""
            WITH listed AS (
              INSERT INTO core.intake_row (batch_id, row, verdict, issues, record_id, related_row, related_batch_id, due, on_time)
              SELECT $1, s.row, f.fate, CASE f.fate WHEN 'Unchanged' THEN '[{"{"}"code":"{RowFates.DuplicateIdentical}"{"}"}]'::jsonb ELSE {Differences} END,
                     p.id, p.row, p.batch_id, s.due, CASE WHEN s.due IS NOT NULL THEN NOT s.late END
              FROM {Staging} s JOIN core.{table.Table} p ON p.natural_key = s.natural_key AND p.current
              CROSS JOIN LATERAL (SELECT CASE WHEN p.content_hash = s.content_hash THEN 'Unchanged' ELSE 'Conflict' END AS fate) f
              RETURNING verdict)
            SELECT count(*) FILTER (WHERE verdict = 'Unchanged'), count(*) FILTER (WHERE verdict = 'Conflict') FROM listed
            """,
            session.Connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = session.Batch.Id },
                new NpgsqlParameter { Value = JsonSerializer.Serialize(headers, RegisterInterceptor.Json), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        await using var row = await list.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return totals with { Unchanged = (int)row.GetInt64(0), Conflicts = (int)row.GetInt64(1) };
    }

    /// <summary>Stores the staged rows that are new; the rows stored, for rows that waited.</summary>
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
    public static async Task<IReadOnlySet<int>> ConflictsAsync(IntakeSession session, CancellationToken cancel)
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

    private async Task<(HashSet<Guid> Held, Dictionary<(string Scheme, string Lookup), Guid> Subjects)> LookUpAsync(
        NpgsqlConnection connection, IReadOnlyList<StagedRow<TRecord>> rows, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"SELECT natural_key FROM core.{table.Table} WHERE natural_key = ANY ($1) AND current")
                {
                    Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.Key.ToGuid())] } },
                },
                new("SELECT scheme, lookup, subject_id FROM core.subject_identifier WHERE lookup = ANY ($1)")
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(LookupOf).Distinct(StringComparer.Ordinal)] } },
                },
            },
        };
        HashSet<Guid> held = [];
        Dictionary<(string Scheme, string Lookup), Guid> subjects = [];
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            held.Add(reader.GetGuid(0));
        }

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            subjects[(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        }

        return (held, subjects);
    }

    private async Task CopyAsync(
        IntakeSession session, IReadOnlyList<StagedRow<TRecord>> rows, Dictionary<(string Scheme, string Lookup), Guid> subjects, CancellationToken cancel)
    {
        await using var copy = await session.Connection.BeginBinaryImportAsync(
            $"COPY core.{table.Table} ({_columns}, subject_id, version, current, catalogue_item, batch_id, department, received_on) FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            Write(copy, row);
            if (subjects.Count > 0 && subjects.TryGetValue((row.Record.Counterpart.Identity.Type, LookupOf(row)), out var subject))
            {
                copy.Write(subject);
            }
            else
            {
                copy.WriteNull();
            }

            copy.Write(1);
            copy.Write(true);
            copy.Write(table.Layout.Name);
            copy.Write(session.Batch.Id);
            copy.Write(session.Batch.Department);
            copy.Write(session.Batch.ReceivedOn);
            Count(row);
        }

        await copy.CompleteAsync(cancel);
    }

    private void Count(in StagedRow<TRecord> row)
    {
        _stored.AppendData(row.Record.ContentHash);
        _accepted += row.Verdict == RowVerdict.Accepted ? 1 : 0;
        _warned += row.Verdict == RowVerdict.Accepted ? 0 : 1;
        _late += row.Record.Timing.OnTime == false ? 1 : 0;
    }

    private void Write(NpgsqlBinaryImporter copy, in StagedRow<TRecord> row)
    {
        copy.Write(row.Id);
        copy.Write(row.Row);
        copy.Write(row.Key.ToGuid());
        copy.Write(row.Record.ContentHash);
        table.WriteShared(copy, row.Record, row.Secrets, pack);
        table.WriteOwn(copy, row.Record);
    }

    private static string LookupOf(StagedRow<TRecord> row) => row.Record.Counterpart.UnifiedCode ?? row.Secrets.SubjectLookup!;

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
