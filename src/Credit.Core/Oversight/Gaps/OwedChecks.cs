using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight.Gaps;

/// <summary>What a department owed, and whether it did it.</summary>
/// <param name="Duty">What was owed.</param>
/// <param name="Done">The check was made, or the reward given, in whatever way the register shows.</param>
internal sealed record OwedCheck(OwedDuty Duty, bool Done);

/// <summary>
/// What departments owed because of entries (R-3.1.6.a): a check before each licence, award and payment of a subject that was on a black or
/// watch list on that day, unless the entry was under verification; and each reward of a red entry whose term is over.
/// </summary>
internal static class OwedChecks
{
    /// <summary>What was owed on days of the period, both included.</summary>
    /// <param name="db">The register.</param>
    /// <param name="terms">Numbers of the policy pack.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="department">One department; null for all.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<IReadOnlyList<OwedCheck>> OfAsync(
        CreditDbContext db, GapTerms terms, DateOnly from, DateOnly to, string? department, CancellationToken cancel) =>
        [
            .. (await db.Database.SqlQuery<Row>(
                $"""
                WITH decision AS (
                  SELECT 'Licence' AS kind, l.department, l.natural_key AS about_key, l.id AS about_id, l.subject_id, l.decided_on AS decided,
                    EXISTS (SELECT FROM core.check_receipt r WHERE r.department = l.department AND r.known_at IS NULL AND r.kind = 'Approval' AND l.subject_id = ANY (r.subject_ids)
                      AND (r.asked_at AT TIME ZONE 'Asia/Shanghai')::date <= l.decided_on
                      AND (r.reference = l.document_number OR (r.asked_at AT TIME ZONE 'Asia/Shanghai')::date >= l.decided_on - {terms.CheckDays})) AS done
                  FROM core.licence l WHERE l.current AND l.subject_id IS NOT NULL AND l.decided_on BETWEEN {from} AND {to}
                  UNION ALL
                  SELECT CASE m.kind WHEN 'Trading' THEN 'Award' ELSE 'Payment' END, m.department, m.id, m.id, m.subject_id, m.decided_on,
                    m.missed IS NULL OR EXISTS (SELECT FROM core.check_receipt r WHERE r.department = m.department AND r.known_at IS NULL AND r.kind = m.kind AND r.reference = m.reference
                      AND (m.subject_lookup = ANY (r.lookups) OR r.rows IS NOT NULL AND m.subject_id = ANY (r.subject_ids)) AND (r.asked_at AT TIME ZONE 'Asia/Shanghai')::date <= m.decided_on)
                  FROM core.decided_matter m WHERE m.kind IN ('Trading', 'Fiscal') AND m.subject_id IS NOT NULL AND m.decided_on BETWEEN {from} AND {to})
                SELECT d.kind, d.department, d.about_key, d.about_id, e.id AS entry_id, d.subject_id, e.list, e.domain, d.decided AS owed_on, d.done,
                  EXISTS (SELECT FROM core.measure_task t WHERE t.entry_id = e.id AND t.department = d.department) AS bound
                FROM decision d
                JOIN core.list_entry e ON e.subject_id = d.subject_id AND e.list IN ('Black', 'Watch') AND e.state IN ('Active', 'Verifying', 'Exited')
                  AND e.valid_from <= d.decided AND e.valid_to >= d.decided AND e.reported_on <= d.decided
                  AND coalesce(e.exited_on > d.decided, true) AND coalesce(e.use_ended_on > d.decided, true) AND e.exit_reason IS DISTINCT FROM 'Erroneous'
                  AND NOT EXISTS (
                    SELECT FROM core.register_entry v WHERE v.aggregate_id = e.id AND v.wire_name = 'list-entry.verifying.v1'
                      AND (v.recorded_at AT TIME ZONE 'Asia/Shanghai')::date <= d.decided
                      AND NOT EXISTS (SELECT FROM core.register_entry c WHERE c.aggregate_id = e.id AND c.wire_name = 'list-entry.confirmed.v1' AND c.id > v.id
                        AND (c.recorded_at AT TIME ZONE 'Asia/Shanghai')::date < d.decided))
                WHERE {department}::text IS NULL OR d.department = {department}
                UNION ALL
                SELECT 'Reward', t.department, t.id, t.id, t.entry_id, t.subject_id, t.list, t.domain, t.due,
                  t.fed_back_on IS NOT NULL
                    OR 'R01' = ANY (t.canonical) AND EXISTS (SELECT FROM core.tolerant_acceptance a WHERE a.subject_id = t.subject_id AND a.department = t.department AND a.accepted_on >= t.issued_on)
                    OR 'R04' = ANY (t.canonical) AND EXISTS (SELECT FROM core.bid_bonus b WHERE b.subject_id = t.subject_id AND b.department = t.department AND b.given_on >= t.issued_on),
                  true
                FROM core.measure_task t
                WHERE t.list = 'Red' AND t.due BETWEEN {from} AND {to} AND t.state NOT IN ('NotApplicable', 'Declined')
                  AND (t.execution = 'Running' OR t.fed_back_on IS NOT NULL) AND ({department}::text IS NULL OR t.department = {department})
                """).ToListAsync(cancel))
                .Select(row => new OwedCheck(
                    new(
                        Enum.Parse<GapKind>(row.Kind), row.Department, row.AboutKey, row.AboutId, row.EntryId, row.SubjectId, Enum.Parse<ListKind>(row.List), row.Domain,
                        row.OwedOn, row.Bound),
                    row.Done)),
        ];

    private sealed record Row(
        string Kind, string Department, Guid AboutKey, Guid AboutId, Guid EntryId, Guid SubjectId, string List, string Domain, DateOnly OwedOn, bool Done, bool Bound);
}
