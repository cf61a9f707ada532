using Npgsql;

namespace Credit.Core.Intake.Merging;

/// <summary>What the service hall reported before the department did (R-3.1.4.c).</summary>
internal sealed partial class StagingTable<TRecord>
{
    private readonly Dictionary<int, IReadOnlyList<RowIssue>> _warnings = [];

    /// <summary>
    /// The hall holds copies: of a decision it has, what the department itself says is the next version, whoever came first. Nobody
    /// need confirm it, for nothing the department ever said is changed by it (I86).
    /// </summary>
    /// <returns>The rows in force from now on, in the order of the file.</returns>
    public async Task<IReadOnlyList<ReplacedCopy>> ReplaceCopiesAsync(IntakeSession session, CancellationToken cancel)
    {
        await using var replace = session.Connection.Command(
            $"""
            WITH first AS (SELECT DISTINCT ON (natural_key) * FROM {Staging} ORDER BY natural_key, row),
            copied AS (
              UPDATE core.{table.Table} p SET current = false FROM first s, core.intake_batch b
              WHERE p.natural_key = s.natural_key AND p.current AND b.id = p.batch_id AND b.origin = '{BatchOrigin.ServiceHall}'
                AND p.decided_on = s.decided_on AND p.content_hash <> s.content_hash
              RETURNING p.natural_key, p.version, p.row, p.batch_id),
            replaced AS (
              INSERT INTO core.{table.Table} ({_columns}, subject_id, version, current, catalogue_item, batch_id, department, received_on)
              SELECT {string.Join(", ", table.Columns.Select(column => $"s.{column.Name}"))}, i.subject_id, c.version + 1, true, '{table.Layout.Name}', $1, $2, $3
              FROM copied c JOIN first s USING (natural_key)
              LEFT JOIN core.subject_identifier i ON i.scheme = s.subject_scheme AND i.lookup = coalesce(s.subject_code, s.subject_lookup)
              RETURNING id, natural_key, row, content_hash, late, due)
            SELECT r.row, r.id, r.content_hash, r.late, r.due, c.row, c.batch_id FROM replaced r JOIN copied c USING (natural_key) ORDER BY r.row
            """,
            Facts(session));
        List<ReplacedCopy> replaced = [];
        await using var reader = await replace.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var (row, late) = (reader.GetInt32(0), reader.GetBoolean(3));
            var due = await reader.IsDBNullAsync(4, cancel) ? null : (DateOnly?)reader.GetFieldValue<DateOnly>(4);
            var warnings = _warnings.GetValueOrDefault(row, []);
            var verdict = warnings.Count == 0 ? RowVerdict.Accepted : RowVerdict.AcceptedWithWarning;
            replaced.Add(new(reader.GetFieldValue<byte[]>(2), late, new RowFate(row, verdict, [.. warnings, new(RowFates.DuplicateHall, "", null, RowVerdict.Accepted)])
            {
                RecordId = reader.GetGuid(1),
                Due = due,
                OnTime = due is null ? null : !late,
                RelatedRow = reader.GetInt32(5),
                RelatedBatchId = reader.GetGuid(6),
            }));
        }

        return replaced;
    }
}

/// <summary>A row that replaced a copy of the service hall.</summary>
/// <param name="ContentHash">Hash of its content.</param>
/// <param name="Late">Received after its due day.</param>
/// <param name="Fate">What became of it.</param>
internal sealed record ReplacedCopy(byte[] ContentHash, bool Late, RowFate Fate);
