using Credit.Core.Deadlines;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.DueProcess;

/// <summary>Corrects the particulars of an entry that was verified; a corrected term moves its expiry and its publication with it (R-3.5.7.b, R-3.2.4.g).</summary>
internal sealed class CorrectEntry(ModuleCatalog modules, PolicyPacks packs, TimeProvider clock)
{
    /// <summary>Every reason against; none when it was corrected. Nothing is saved here.</summary>
    public async Task<IReadOnlyList<Refusal>> ApplyAsync(CreditDbContext db, ListEntry entry, string? facts, DateOnly? validTo, CancellationToken cancel)
    {
        if (validTo is { } last)
        {
            Refusal[] refusals =
            [
                .. CriterionCheck.AgainstTerm(modules.FindCriterion(entry.List, entry.Domain, entry.Standard), entry, last),
                .. EntryRules.AgainstCorrection(packs.Named(entry.PolicyPack), entry, last) is { } tooLong ? [tooLong] : Array.Empty<Refusal>(),
            ];
            if (refusals.Length > 0)
            {
                return refusals;
            }
        }

        var was = entry.ValidTo;
        var corrected = entry.Correct(facts, validTo, clock.Today());
        if (corrected.Accepted && entry.ValidTo != was)
        {
            await DeadlineBook.MoveAsync(db, DeadlineKind.EntryExpiry, entry.Id, entry.ValidTo, cancel);
        }

        return corrected.Refusals;
    }
}
