using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>A black or watch entry of any department makes the subject no exemplar any more, in the same transaction (R-3.3.1.a).</summary>
internal static class ListingRevokesExemplar
{
    public static async Task ApplyAsync(CreditDbContext db, ListEntry cause, DateOnly today, TimeProvider clock, CancellationToken cancel)
    {
        var open = await db.Exemplars
            .Where(exemplar => exemplar.SubjectId == cause.SubjectId
                && (exemplar.State == ExemplarState.Nominated || exemplar.State == ExemplarState.Approved || exemplar.State == ExemplarState.Published))
            .ToListAsync(cancel);
        foreach (var exemplar in open)
        {
            _ = exemplar.RevokeFor(cause, today).Value;
            await RecallCrossRegionRequests.ApplyAsync(db, exemplar.Id, "诚信典型已撤销", today, cancel);
            await DeadlineBook.MeetAsync(db, DeadlineKind.PublishExemplar, exemplar.Id, clock, cancel);
        }
    }
}
