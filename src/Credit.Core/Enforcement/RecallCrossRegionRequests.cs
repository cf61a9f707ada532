using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>What other regions were asked because of an entry or exemplar ends with it, in the same transaction (R-3.5.6.d, I45).</summary>
internal static class RecallCrossRegionRequests
{
    /// <param name="db">The register.</param>
    /// <param name="source">The entry or exemplar that ended.</param>
    /// <param name="why">Why, in Chinese, for the region asked.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task ApplyAsync(CreditDbContext db, Guid source, string why, DateOnly today, CancellationToken cancel)
    {
        var asked = await db.CrossRegionRequests
            .Where(request => request.Direction == CrossRegionDirection.Outgoing && (request.EntryId == source || request.ExemplarId == source)
                && request.State != CrossRegionState.Refused && request.State != CrossRegionState.Recalled)
            .ToListAsync(cancel);
        foreach (var request in asked)
        {
            _ = request.Recall(why, today).Value;
        }
    }
}
