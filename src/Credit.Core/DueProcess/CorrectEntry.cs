using Credit.Core.Deadlines;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Core.Watching;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.DueProcess;

/// <summary>Corrects the particulars of an entry that was verified; a corrected term moves its expiry and its publication with it (R-3.5.7.b, R-3.2.4.g).</summary>
internal sealed class CorrectEntry(ModuleCatalog modules, PolicyPack pack, WriteNotice notices, TimeProvider clock)
{
    /// <summary>Every reason against; none when it was corrected. Nothing is saved here.</summary>
    public async Task<IReadOnlyList<Refusal>> ApplyAsync(CreditDbContext db, ListEntry entry, string? facts, DateOnly? validTo, CancellationToken cancel)
    {
        if (validTo is { } last && CriterionCheck.AgainstTerm(modules.FindCriterion(entry.List, entry.Domain, entry.Standard), entry, last).ToArray() is { Length: > 0 } refusals)
        {
            return refusals;
        }

        var was = entry.ValidTo;
        var corrected = entry.Correct(facts, validTo, clock.Today());
        if (corrected.Accepted && entry.ValidTo != was)
        {
            await DeadlineBook.MoveAsync(db, DeadlineKind.EntryExpiry, entry.Id, entry.ValidTo, cancel);
            if (entry.List == ListKind.Watch)
            {
                await ThreeWatchesWarn.ApplyAsync(db, entry.SubjectId, pack, clock.Today(), cancel);
            }
        }

        if (corrected.Accepted)
        {
            notices.Correction(db, entry, $"{(string.IsNullOrWhiteSpace(facts) ? "" : $"认定事实更正为：{facts} ")}有效期至{entry.ValidTo:yyyy-MM-dd}。");
        }

        return corrected.Refusals;
    }
}
