using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.Listing;

namespace Credit.Core.Listing;

/// <summary>The last day of validity has passed: the entry leaves, once, whoever notices first (R-3.5.6.a, I34).</summary>
internal sealed class ExpireEntry(CreditDbContext db, LeaveList leave) : IDeadlineAnswer
{
    public DeadlineKind Kind => DeadlineKind.EntryExpiry;

    public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
    {
        if (await db.LoadLockedEntryAsync(deadline.AggregateId, cancel) is not { } entry
            || Departure.ExitDayOf(entry, deadline.DueOn) is not { } exitDay)
        {
            return;
        }

        _ = (await leave.ApplyAsync(db, entry, EntryTrigger.Expire, exitDay, cancel)).Value;
        await db.SaveChangesAsync(cancel);
    }
}
