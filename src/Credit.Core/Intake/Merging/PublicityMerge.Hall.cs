using Npgsql;

namespace Credit.Core.Intake.Merging;

/// <summary>What the service hall reported before the department did (R-3.1.4.c).</summary>
internal sealed partial class PublicityMerge<TRecord>
{
    // The hall holds copies: of a decision it has, what the department itself says is the next version, whoever came first.
    // Nobody need confirm it, for nothing the department ever said is changed by it (R-3.1.4.c, I86).
    private async Task<IntakeTotals> ReplaceCopiesAsync(IntakeSession session, IntakeTotals totals, CancellationToken cancel)
    {
        await using var replace = Command(
            session.Connection,
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
              RETURNING id, natural_key, content_hash, late),
            listed AS (
              INSERT INTO core.intake_row (batch_id, row, verdict, issues, record_id, related_row, related_batch_id, due, on_time)
              SELECT $1, s.row, s.verdict, s.issues::jsonb || jsonb_build_object('code', '{RowFates.DuplicateHall}'), r.id, c.row, c.batch_id,
                     s.due, CASE WHEN s.due IS NOT NULL THEN NOT s.late END
              FROM replaced r JOIN first s USING (natural_key) JOIN copied c USING (natural_key) RETURNING row, verdict)
            SELECT r.content_hash, r.late, s.verdict FROM replaced r JOIN first s USING (natural_key) ORDER BY s.row
            """,
            Facts(session));
        await using var replaced = await replace.ExecuteReaderAsync(cancel);
        while (await replaced.ReadAsync(cancel))
        {
            _stored.AppendData(replaced.GetFieldValue<byte[]>(0));
            _late += replaced.GetBoolean(1) ? 1 : 0;
            _accepted += replaced.GetString(2) == nameof(RowVerdict.Accepted) ? 1 : 0;
            _warned += replaced.GetString(2) == nameof(RowVerdict.Accepted) ? 0 : 1;
        }

        return Stored(totals);
    }
}
