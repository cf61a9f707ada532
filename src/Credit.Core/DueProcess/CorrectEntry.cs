using Credit.Core.Deadlines;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Core.Watching;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.DueProcess;

/// <summary>The corrected term of an entry that was verified: held against its standard and its policy pack, and its expiry and publication moved with it (R-3.5.7.b, R-3.2.4.g).</summary>
internal sealed class CorrectEntry(ModuleCatalog modules, PolicyPacks packs, WriteNotice notices, TimeProvider clock)
{
    /// <summary>What speaks against other facts, as it would against a proposal, and what standard and pack have against another last day.</summary>
    public IReadOnlyList<Refusal> Against(ListEntry entry, string? facts, DateOnly? validTo) => [.. AgainstFacts(entry, facts), .. AgainstTerm(entry, validTo)];

    private static IEnumerable<Refusal> AgainstFacts(ListEntry entry, string? facts)
    {
        if (TextLength.Against(facts, TextLength.Facts, "correctedFacts") is { } tooLong)
        {
            yield return tooLong;
        }

        if (facts is not null && entry.SubjectKind == SubjectKind.NaturalPerson && ForbiddenKinds.IsIn(facts))
        {
            yield return ForbiddenKinds.Refused("correctedFacts");
        }
    }

    private IReadOnlyList<Refusal> AgainstTerm(ListEntry entry, DateOnly? validTo) => validTo is { } last
        ?
        [
            .. CriterionCheck.AgainstTerm(modules.FindCriterion(entry.List, entry.Domain, entry.Standard), entry, last),
            .. EntryRules.AgainstCorrection(packs.Named(entry.PolicyPack), entry, last) is { } tooLong ? [tooLong] : Array.Empty<Refusal>(),
        ]
        : [];

    /// <summary>Moves the expiry, and the warning that rests on the entry, after a correction, and tells the subject. Nothing is saved here.</summary>
    public async Task FollowAsync(CreditDbContext db, ListEntry entry, DateOnly was, bool corrected, CancellationToken cancel)
    {
        if (corrected)
        {
            notices.Correction(db, entry, $"事实：{entry.Facts} 有效期至{entry.ValidTo:yyyy-MM-dd}。");
        }

        if (entry.ValidTo == was)
        {
            return;
        }

        await DeadlineBook.MoveAsync(db, DeadlineKind.EntryExpiry, entry.Id, entry.ValidTo, cancel);
        if (entry.List == ListKind.Watch)
        {
            await ThreeWatchesWarn.ApplyAsync(db, entry.SubjectId, packs.InForce(clock.Today()), clock.Today(), cancel);
        }
    }
}
