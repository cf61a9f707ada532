using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>
/// The last day of a rectification passed unmet: the one interview of the entry opens (R-3.4.2.d, I63). What was submitted in
/// time waits for the recogniser's decision instead.
/// </summary>
internal sealed class RectificationOverdue(CreditDbContext db, RectificationTerms terms, TimeProvider clock) : IDeadlineAnswer
{
    public DeadlineKind Kind => DeadlineKind.Rectify;

    public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
    {
        var rectification = await db.Rectifications.SingleOrDefaultAsync(each => each.Id == deadline.AggregateId, cancel);

        // An entry whose own last day is over is leaving its list: nobody is talked with about it any more.
        if (rectification is null || await db.LoadLockedEntryAsync(rectification.EntryId, cancel) is not { } entry || !rectification.PassesWith(entry, clock.Today()))
        {
            return;
        }

        _ = rectification.Pass(clock.Today()).Value;
        await terms.OpenInterviewAsync(db, entry, rectification, cancel);
        await db.SaveChangesAsync(cancel);
    }
}
