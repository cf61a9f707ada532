using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>How the recogniser, or the subject, gets hold of a repair together with its entry.</summary>
internal static class RepairAccess
{
    /// <summary>Runs a move of the recogniser. Whoever sees all departments learns that it is not theirs, others learn nothing.</summary>
    public static async Task<IResult> MoveRepairAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Repair, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var handler = await db.Repairs.Where(each => each.Id == id).Select(each => each.Handler).SingleOrDefaultAsync(cancel);
        return handler switch
        {
            not null when caller.Department == handler => await RunAsync(db, id, seen, move, cancel),
            not null when caller.Is(Roles.LeadOffice) => EntryAccess.NotYours.ToProblem(),
            _ => TypedResults.NotFound(),
        };
    }

    /// <summary>Runs a move of the subject.</summary>
    public static async Task<IResult> MoveOwnRepairAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Repair, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel) =>
        caller.SubjectId is { } subject && await db.Repairs.AnyAsync(each => each.Id == id && each.SubjectId == subject, cancel)
            ? await RunAsync(db, id, seen, move, cancel)
            : TypedResults.NotFound();

    private static async Task<IResult> RunAsync(
        CreditDbContext db, Guid id, IfMatch seen, Func<Repair, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var entryId = await db.Repairs.Where(each => each.Id == id).Select(each => each.EntryId).SingleAsync(cancel);
        if (await db.LockEntryAsync(entryId, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var repair = await db.Repairs.Include(each => each.Steps).SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(repair.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(repair, locked.Entry);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(RepairView.Of(repair)).WithVersion(repair.Version);
    }
}
