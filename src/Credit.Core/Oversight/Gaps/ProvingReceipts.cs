using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight.Gaps;

/// <summary>
/// The one place that reads receipts as proof of a check before a decision (R-3.1.6.a). A question asked again as the register was known proves
/// nothing; a day is the district's, and of the day of the decision every hour counts, because a decision has a day and no hour.
/// </summary>
internal static class ProvingReceipts
{
    /// <summary>
    /// SQL of <c>asked</c>: whose department, for what, on which day, whom by identity and by keyed lookup (of one row the two need not be of one subject), of the
    /// decisions in <c>bound_by</c>. A batch keeps whom it knew by identity alone, and a code that was corrected since has another lookup: identity
    /// counts whoever asked. Receipts are read once, and taken apart before they are joined: a batch names a hundred thousand.
    /// </summary>
    public const string Asked =
        """
        asked AS MATERIALIZED (
          SELECT r.department, r.kind, r.reference, (r.asked_at AT TIME ZONE 'Asia/Shanghai')::date AS day, s.subject_id, s.lookup
          FROM core.check_receipt r, unnest(r.subject_ids, r.lookups) s (subject_id, lookup)
          WHERE r.known_at IS NULL AND r.kind IN ('Approval', 'Trading', 'Fiscal')
            AND (s.subject_id IN (SELECT b.subject_id FROM bound_by b) OR s.lookup IN (SELECT b.subject_lookup FROM bound_by b WHERE b.subject_lookup IS NOT NULL)))
        """;

    /// <summary>Kind of matter a check before such a decision is made for; null for a reward, before which nobody has to ask.</summary>
    public static MatterKind? AskedFor(GapKind kind) => kind switch
    {
        GapKind.Licence => MatterKind.Approval,
        GapKind.Award => MatterKind.Trading,
        GapKind.Payment => MatterKind.Fiscal,
        _ => null,
    };

    /// <summary>True when the number stands for a check by the department of the gap, about its subject, in such a matter, not after the decision.</summary>
    public static async Task<bool> ProvesAsync(CreditDbContext db, SubjectIdentities identities, CreditGap gap, string number, CancellationToken cancel)
    {
        if (AskedFor(gap.Kind) is not { } kind
            || await db.CheckReceipts.AsNoTracking().SingleOrDefaultAsync(each => each.Number == number && each.Department == gap.Department && each.KnownAt == null && each.Kind == kind, cancel) is not { } receipt
            || CivilClock.Day(receipt.AskedAt) > gap.On)
        {
            return false;
        }

        return receipt.SubjectIds.Contains(gap.SubjectId) || (await LookupsAsync(db, identities, [gap.SubjectId], cancel)).Keys.Any(lookup => receipt.Lookups.Contains(lookup));
    }

    /// <summary>
    /// Of decisions nobody seems to have checked, those that somebody did: their department asked about the subject before the register knew it, by one of the
    /// codes it holds.
    /// </summary>
    /// <param name="db">The register.</param>
    /// <param name="identities">Knows the key of lookups.</param>
    /// <param name="missed">Decisions without a receipt that names the subject.</param>
    /// <param name="checkDays">Days before a licence in which a check under another number counts.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<HashSet<(GapKind, Guid)>> BeforeKnownAsync(CreditDbContext db, SubjectIdentities identities, IReadOnlyList<OwedCheck> missed, int checkDays, CancellationToken cancel)
    {
        var decisions = missed.Where(each => AskedFor(each.Duty.Kind) is not null).ToArray();
        if (decisions.Length == 0)
        {
            return [];
        }

        var subjects = await LookupsAsync(db, identities, [.. decisions.Select(each => each.Duty.SubjectId).Distinct()], cancel);
        string[] lookups = [.. subjects.Keys];
        var asked = await db.Database.SqlQuery<Question>(
            $"""
            SELECT r.department, r.kind, r.reference, (r.asked_at AT TIME ZONE 'Asia/Shanghai')::date AS day, s.lookup
            FROM core.check_receipt r, unnest(r.lookups) s (lookup)
            WHERE r.known_at IS NULL AND r.kind IN ('Approval', 'Trading', 'Fiscal') AND (r.rows IS NOT NULL OR cardinality(r.lookups) > cardinality(r.subject_ids)) AND s.lookup = ANY ({lookups})
            """).ToListAsync(cancel);
        var questions = asked.ToLookup(each => (each.Department, each.Kind, subjects[each.Lookup]));
        return
        [
            .. decisions.Where(each => questions[(each.Duty.Department, AskedFor(each.Duty.Kind).ToString()!, each.Duty.SubjectId)].Any(question =>
                    question.Day <= each.Duty.On
                    && (question.Reference == each.Reference || (each.Duty.Kind == GapKind.Licence && question.Day >= each.Duty.On.AddDays(-checkDays)))))
                .Select(each => (each.Duty.Kind, each.Duty.AboutKey)),
        ];
    }

    // One code belongs to one subject for ever (I18).
    private static async Task<Dictionary<string, Guid>> LookupsAsync(CreditDbContext db, SubjectIdentities identities, Guid[] subjects, CancellationToken cancel)
    {
        Dictionary<string, Guid> lookups = [];
        foreach (var held in await db.Subjects.AsNoTracking().Where(subject => subjects.Contains(subject.Id))
            .SelectMany(subject => subject.Identifiers, (subject, identifier) => new { subject.Id, identifier }).ToListAsync(cancel))
        {
            lookups[identities.KeyedLookup(held.identifier)] = held.Id;
        }

        return lookups;
    }

    private sealed record Question(string Department, string Kind, string Reference, DateOnly Day, string Lookup);
}
