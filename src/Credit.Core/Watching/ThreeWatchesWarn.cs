using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Watching;

/// <summary>
/// A subject watched in three distinct key domains is on the warning list, in the transaction of the watch entry's own move,
/// and leaves it with the move that brings it below (R-3.5.5.e, I9, I10). City and public learn it from the log and the view.
/// </summary>
internal static class ThreeWatchesWarn
{
    /// <summary>Brings the subject's warning in line.</summary>
    /// <param name="db">The register, in a transaction that holds the subject's lock; moves not saved yet count.</param>
    /// <param name="subjectId">The subject.</param>
    /// <param name="pack">Number and key domains.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task ApplyAsync(CreditDbContext db, Guid subjectId, PolicyPack pack, DateOnly today, CancellationToken cancel)
    {
        var stored = await db.Entries.Include(entry => entry.Publications)
            .Where(entry => entry.SubjectId == subjectId && entry.List == ListKind.Watch
                && (entry.State == EntryState.Active || entry.State == EntryState.Verifying || entry.State == EntryState.Recognised))
            .ToListAsync(cancel);
        var entries = stored.Union(db.Entries.Local.Where(entry => entry.SubjectId == subjectId && entry.List == ListKind.Watch)).ToArray();
        var active = await db.Warnings.SingleOrDefaultAsync(warning => warning.SubjectId == subjectId && warning.State == WarningState.Active, cancel);
        if (active is { State: not WarningState.Active })
        {
            // Ended by an earlier move of this same transaction, which is not saved yet.
            active = null;
        }

        active ??= db.Warnings.Local.SingleOrDefault(warning => warning.SubjectId == subjectId && warning.State == WarningState.Active);
        if (WarningEntry.Follow(active, entries, pack, today) is { } begun)
        {
            if (active is { State: WarningState.Exited })
            {
                // Out before in: one subject has one warning at a time.
                await db.SaveChangesAsync(cancel);
            }

            db.Add(begun);
        }
    }
}
