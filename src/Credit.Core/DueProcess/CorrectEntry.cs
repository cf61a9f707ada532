using Credit.Core.Deadlines;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.DueProcess;

/// <summary>The corrected term of an entry that was verified: held against its standard and its policy pack, and its expiry and publication moved with it (R-3.5.7.b, R-3.2.4.g).</summary>
internal sealed class CorrectEntry(ModuleCatalog modules, PolicyPacks packs)
{
    /// <summary>What standard and pack have against this last day; nothing when the term is left as it is.</summary>
    public IReadOnlyList<Refusal> Against(ListEntry entry, DateOnly? validTo) => validTo is { } last
        ?
        [
            .. CriterionCheck.AgainstTerm(modules.FindCriterion(entry.List, entry.Domain, entry.Standard), entry, last),
            .. EntryRules.AgainstCorrection(packs.Named(entry.PolicyPack), entry, last) is { } tooLong ? [tooLong] : Array.Empty<Refusal>(),
        ]
        : [];

    /// <summary>Moves the expiry after a correction; nothing is saved here.</summary>
    public static Task MoveExpiryAsync(CreditDbContext db, ListEntry entry, DateOnly was, CancellationToken cancel) => entry.ValidTo == was
        ? Task.CompletedTask
        : DeadlineBook.MoveAsync(db, DeadlineKind.EntryExpiry, entry.Id, entry.ValidTo, cancel);
}
