using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>A watch entry is for conduct below the black standard; the same facts never carry both (R-3.5.5.a, I25).</summary>
internal static class BelowBlackStandard
{
    /// <summary>Reasons against the entry, which may not be stored yet; the caller holds the subject's lock where it decides.</summary>
    public static async Task<IReadOnlyList<Refusal>> AgainstAsync(
        CreditDbContext db, ModuleCatalog modules, ListEntry entry, DateOnly day, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (entry.List != ListKind.Red)
        {
            var others = await db.Entries.AsNoTracking().Include(other => other.Bases)
                .Where(other => other.SubjectId == entry.SubjectId && other.Id != entry.Id && other.List != ListKind.Red && other.State != EntryState.Cancelled)
                .ToListAsync(cancel);
            refusals.AddRange(CrossComparison.AgainstSameFacts(entry, others));
        }

        if (entry.List == ListKind.Watch && await MetAsync(db, modules, entry, day, cancel) is { } met)
        {
            refusals.Add(new(
                "black-standard-met",
                $"该事实已达到黑名单认定标准({met.Title})，应按黑名单程序认定。",
                $"The facts meet the black standard ({met.Title}): recognise a black entry instead.",
                Clause.R("3.5.5.a"),
                "list"));
        }

        return refusals;
    }

    /// <summary>Minor offences of the subject the platform knows of in the pack's window: penalties and records against it.</summary>
    public static async Task<int> CountMinorAsync(CreditDbContext db, Subject subject, DateOnly day, PolicyPack pack, CancellationToken cancel)
    {
        // A subject that registers with this proposal has no records linked to it yet: its code finds them.
        var (from, id, code) = (day.AddMonths(-pack.MinorOffenceMonths), subject.Id, subject.Code);
        return await db.Penalties.CountAsync(
                penalty => (penalty.SubjectId == id || (code != null && penalty.SubjectCode == code)) && penalty.Current && penalty.DecidedOn > from && penalty.DecidedOn <= day,
                cancel)
            + await db.CreditRecords.CountAsync(
                record => record.SubjectId == id && record.Negative && record.State == RecordState.Current && record.FormedOn > from && record.FormedOn <= day,
                cancel);
    }

    private static async Task<ICriterion?> MetAsync(CreditDbContext db, ModuleCatalog modules, ListEntry entry, DateOnly day, CancellationToken cancel)
    {
        var criteria = modules.Criteria
            .Where(each => each.List == ListKind.Black && each.Domain == entry.Domain && each.EffectiveFrom <= day && (each.EffectiveTo is not { } last || day <= last))
            .ToArray();
        if (criteria.Length == 0)
        {
            return null;
        }

        var cited = entry.Bases.Select(basis => basis.PenaltyId).OfType<Guid>().ToArray();
        var categories = cited.Length == 0 ? [] : await db.Penalties.Where(penalty => cited.Contains(penalty.Id)).Select(penalty => penalty.Categories).ToListAsync(cancel);
        var facts = new ProposalFacts(
            entry.SubjectKind, entry.Facts, entry.Bases.Count > 0 ? entry.Bases[0].Kind : BasisKind.Other, day, new Validity(day, day), entry.AbleButRefuses)
        {
            PenaltyCategories = [.. categories.SelectMany(each => each.Split(';')).Distinct()],
        };
        return criteria.FirstOrDefault(each => each.IsPlainlyMet(facts) && !each.Check(facts).Any());
    }
}
