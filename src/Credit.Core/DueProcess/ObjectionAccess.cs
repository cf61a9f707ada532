using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>How the recogniser gets hold of an objection together with its entry.</summary>
internal static class ObjectionAccess
{
    public static async Task<IResult> MoveObjectionAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Objection, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var known = await db.Objections.Where(each => each.Id == id).Select(each => new { each.EntryId, each.Handler }).SingleOrDefaultAsync(cancel);
        if (known is null || caller.Department is null || known.Handler != caller.Department || await db.LockEntryAsync(known.EntryId, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var objection = await db.Objections.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(objection.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(objection, locked.Entry);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(ObjectionView.Of(objection)).WithVersion(objection.Version);
    }
}
