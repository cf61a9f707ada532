using Credit.Core.Incentives;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>A black or watch entry of any department removes every red entry of the subject, and makes it no exemplar, in the same transaction (R-3.5.6.c, R-3.3.1.a, I1, I2).</summary>
internal static class BlackDisplacesRed
{
    public static async Task ApplyAsync(CreditDbContext db, LeaveList leave, ListEntry cause, DateOnly today, TimeProvider clock, CancellationToken cancel)
    {
        var reds = await db.Entries.Include(entry => entry.Publications)
            .Where(entry => entry.SubjectId == cause.SubjectId && entry.List == ListKind.Red)
            .ToListAsync(cancel);
        foreach (var red in Displacement.OfRedBy(cause, reds))
        {
            _ = (await leave.ApplyAsync(db, red, Displacement.TriggerOf(cause), today, cancel)).Value;
        }

        await ListingRevokesExemplar.ApplyAsync(db, cause, today, clock, cancel);
    }
}

/// <summary>A black entry closes the watch entry of the same domain as upgraded: no gap, no overlap (R-3.5.5.f, I8).</summary>
internal static class BlackUpgradesWatch
{
    public static async Task ApplyAsync(CreditDbContext db, LeaveList leave, ListEntry black, DateOnly today, CancellationToken cancel)
    {
        var watches = await db.Entries.Include(entry => entry.Publications)
            .Where(entry => entry.SubjectId == black.SubjectId && entry.List == ListKind.Watch)
            .ToListAsync(cancel);
        foreach (var watch in Displacement.OfWatchBy(black, watches))
        {
            _ = (await leave.ApplyAsync(db, watch, EntryTrigger.Upgrade, today, cancel)).Value;
        }
    }
}
