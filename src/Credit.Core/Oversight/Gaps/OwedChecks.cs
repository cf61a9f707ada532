using System.Runtime.CompilerServices;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight.Gaps;

/// <summary>What a department owed, and whether it did it.</summary>
/// <param name="Duty">What was owed.</param>
/// <param name="Reference">Document number of the licence, or reference number of the matter; null for a reward.</param>
/// <param name="Done">The check was made, or the reward given, in whatever way the register shows.</param>
internal sealed record OwedCheck(OwedDuty Duty, string? Reference, bool Done);

/// <summary>How many decisions, or rewards, a department owed something before, or by, a day.</summary>
/// <param name="Department">Key of the department.</param>
/// <param name="Reward">Rewards, not decisions.</param>
/// <param name="Owed">How many; a decision is one, on however many lists its subject was.</param>
internal sealed record OwedCount(string Department, bool Reward, int Owed);

/// <summary>
/// What departments owed because of entries (R-3.1.6.a): a check before each licence, award and payment of a subject that was on a black or
/// watch list on that day, unless the entry was under verification; and each reward of a red entry whose term is over. The district is joined as
/// sets in one statement, and only what was missed leaves the database.
/// </summary>
internal static class OwedChecks
{
    // {0} first day, {1} last day, {2} days before a licence, {3} department or null.
    private const string Owed =
        $$"""
        WITH listed AS (
          SELECT e.id, e.subject_id, e.list, e.domain, greatest(e.valid_from, e.reported_on) AS since, least(e.valid_to, e.exited_on - 1, e.use_ended_on - 1) AS through
          FROM core.list_entry e
          WHERE e.list IN ('Black', 'Watch') AND e.state IN ('Active', 'Verifying', 'Exited') AND e.exit_reason IS DISTINCT FROM 'Erroneous'
            AND e.valid_from IS NOT NULL AND e.reported_on IS NOT NULL AND e.valid_to IS NOT NULL),
        decision AS (
          SELECT 'Licence' AS kind, 'Approval' AS asked_for, l.department, l.natural_key AS about_key, l.id AS about_id, l.subject_id, NULL AS subject_lookup,
            l.document_number AS reference, {2}::int AS days, false AS proved, l.decided_on AS decided
          FROM core.licence l WHERE l.current AND l.subject_id IS NOT NULL AND l.decided_on BETWEEN {0} AND {1} AND ({3}::text IS NULL OR l.department = {3})
          UNION ALL
          SELECT CASE m.kind WHEN 'Trading' THEN 'Award' ELSE 'Payment' END, m.kind, m.department, m.id, m.id, m.subject_id, m.subject_lookup,
            m.reference, NULL, m.missed IS NULL, m.decided_on
          FROM core.decided_matter m
          WHERE m.kind IN ('Trading', 'Fiscal') AND m.subject_id IS NOT NULL AND m.decided_on BETWEEN {0} AND {1} AND ({3}::text IS NULL OR m.department = {3})),
        about_listed AS MATERIALIZED (
          SELECT d.*, e.id AS entry_id, e.list, e.domain FROM decision d JOIN listed e ON e.subject_id = d.subject_id AND d.decided BETWEEN e.since AND e.through),
        verification AS (
          SELECT c.aggregate_id AS entry_id, c.wire_name, c.day AS since,
            min(c.day) FILTER (WHERE c.wire_name = 'list-entry.confirmed.v1') OVER (PARTITION BY c.aggregate_id ORDER BY c.id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS through
          FROM (SELECT v.aggregate_id, v.id, v.wire_name, (v.recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM core.register_entry v
            WHERE v.wire_name IN ('list-entry.verifying.v1', 'list-entry.confirmed.v1') AND v.aggregate_id IN (SELECT a.entry_id FROM about_listed a)) c),
        bound_by AS MATERIALIZED (
          SELECT a.* FROM about_listed a
          WHERE NOT EXISTS (SELECT FROM verification v WHERE v.entry_id = a.entry_id AND v.wire_name = 'list-entry.verifying.v1' AND a.decided >= v.since AND (v.through IS NULL OR a.decided <= v.through))),
        {{ProvingReceipts.Asked}},
        checked AS (
          SELECT b.kind, b.about_key FROM bound_by b JOIN asked r ON r.department = b.department AND r.kind = b.asked_for AND r.subject_id = b.subject_id AND r.day <= b.decided
              AND (r.reference = b.reference OR r.day >= b.decided - b.days)
          UNION
          SELECT b.kind, b.about_key FROM bound_by b JOIN asked r ON r.department = b.department AND r.kind = b.asked_for AND r.lookup = b.subject_lookup AND r.day <= b.decided
              AND r.reference = b.reference
          UNION
          SELECT b.kind, b.about_key FROM bound_by b WHERE b.proved),
        owed AS (
          SELECT b.kind, b.department, b.about_key, b.about_id, b.entry_id, b.subject_id, b.list, b.domain, b.decided AS owed_on, b.reference, c.about_key IS NOT NULL AS done
          FROM bound_by b LEFT JOIN checked c ON c.kind = b.kind AND c.about_key = b.about_key
          UNION ALL
          SELECT 'Reward', t.department, t.id, t.id, t.entry_id, t.subject_id, t.list, t.domain, t.due, NULL,
            t.fed_back_on IS NOT NULL
              OR 'R01' = ANY (t.canonical) AND EXISTS (SELECT FROM core.tolerant_acceptance a WHERE a.subject_id = t.subject_id AND a.department = t.department AND a.accepted_on >= t.issued_on)
              OR 'R04' = ANY (t.canonical) AND EXISTS (SELECT FROM core.bid_bonus b WHERE b.subject_id = t.subject_id AND b.department = t.department AND b.given_on >= t.issued_on)
          FROM core.measure_task t
          WHERE t.list = 'Red' AND t.due BETWEEN {0} AND {1} AND t.state NOT IN ('NotApplicable', 'Declined')
            AND (t.execution = 'Running' OR t.fed_back_on IS NOT NULL) AND ({3}::text IS NULL OR t.department = {3}))
        """;

    // What was done matters where it was a gap before. A reward is due through its last day.
    private const string MissedOrMended =
        $$"""
        {{Owed}}
        SELECT o.kind, o.department, o.about_key, o.about_id, o.entry_id, o.subject_id, o.list, o.domain, o.owed_on, o.reference, o.done,
          o.kind = 'Reward' OR EXISTS (SELECT FROM core.measure_task t WHERE t.entry_id = o.entry_id AND t.department = o.department) AS bound
        FROM owed o
        WHERE NOT o.done AND (o.kind <> 'Reward' OR o.owed_on < {4})
          OR o.done AND (o.kind, o.about_key, o.entry_id) IN (SELECT g.kind, g.about_key, g.entry_id FROM core.credit_gap g WHERE g.state IN ('Open', 'Answered', 'Proved'))
        """;

    private const string Counted =
        $$"""
        {{Owed}}
        SELECT o.department, o.kind = 'Reward' AS reward, count(DISTINCT (o.kind, o.about_key))::int AS owed FROM owed o
        WHERE o.done OR o.kind <> 'Reward' OR o.owed_on < {4} GROUP BY 1, 2
        """;

    /// <summary>
    /// Sets of the size of a district are joined in memory, for the transaction that is open. The planner cannot know how little a join of them leaves, and would
    /// compile for longer than it takes.
    /// </summary>
    /// <param name="db">Context with an open transaction.</param>
    /// <param name="megabytes">Memory of one step of the join; what does not fit goes to disk.</param>
    /// <param name="cancel">Stops.</param>
    public static Task MakeRoomAsync(CreditDbContext db, int megabytes, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"SELECT set_config('work_mem', {$"{megabytes}MB"}, true), set_config('jit', 'off', true)", cancel);

    /// <summary>What was missed on days of the period, both included, and what was done of gaps that stand or were proved to be none.</summary>
    /// <param name="db">The register.</param>
    /// <param name="identities">Knows the key of lookups.</param>
    /// <param name="terms">Numbers of the policy pack.</param>
    /// <param name="period">First and last day, and today: a reward that is due today or later is not missed.</param>
    /// <param name="department">One department; null for all.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<IReadOnlyList<OwedCheck>> MissedAsync(
        CreditDbContext db, SubjectIdentities identities, GapTerms terms, (DateOnly From, DateOnly To, DateOnly Today) period, string? department, CancellationToken cancel)
    {
        OwedCheck[] owed =
        [
            .. (await db.Database.SqlQuery<Row>(Asking(MissedOrMended, terms, period, department)).ToListAsync(cancel)).Select(row => new OwedCheck(
                new(
                    Enum.Parse<GapKind>(row.Kind), row.Department, row.AboutKey, row.AboutId, row.EntryId, row.SubjectId, Enum.Parse<ListKind>(row.List), row.Domain,
                    row.OwedOn, row.Bound),
                row.Reference,
                row.Done)),
        ];
        var known = await ProvingReceipts.BeforeKnownAsync(db, identities, [.. owed.Where(each => !each.Done)], terms.CheckDays, cancel);
        return known.Count == 0 ? owed : [.. owed.Select(each => known.Contains((each.Duty.Kind, each.Duty.AboutKey)) ? each with { Done = true } : each)];
    }

    /// <summary>How much was owed on days of the period, both included, by department.</summary>
    /// <param name="db">The register.</param>
    /// <param name="terms">Numbers of the policy pack.</param>
    /// <param name="period">First and last day, and today.</param>
    /// <param name="department">One department; null for all.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<IReadOnlyList<OwedCount>> CountAsync(
        CreditDbContext db, GapTerms terms, (DateOnly From, DateOnly To, DateOnly Today) period, string? department, CancellationToken cancel) =>
        await db.Database.SqlQuery<OwedCount>(Asking(Counted, terms, period, department)).ToListAsync(cancel);

    private static FormattableString Asking(string text, GapTerms terms, (DateOnly From, DateOnly To, DateOnly Today) period, string? department) =>
        FormattableStringFactory.Create(text, period.From, period.To, terms.CheckDays, department, period.Today);

    private sealed record Row(
        string Kind, string Department, Guid AboutKey, Guid AboutId, Guid EntryId, Guid SubjectId, string List, string Domain, DateOnly OwedOn, string? Reference, bool Done, bool Bound);
}
