using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>How a use case gets hold of a task: locked behind its subject, of the caller's own department.</summary>
internal static class TaskAccess
{
    /// <summary>True when today is no day of the entry's term, whether or not it was moved out yet: its measures are not executed (I33, I39).</summary>
    public static async Task<bool> IsOverAsync(this CreditDbContext db, MeasureTask task, DateOnly today, CancellationToken cancel) =>
        !Owing.Runs(await db.Entries.AsNoTracking().SingleAsync(entry => entry.Id == task.EntryId, cancel), today);

    /// <summary>Runs a move on a task of the caller's department; others learn nothing of it (X3).</summary>
    public static async Task<IResult> MoveTaskAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch? seen, Func<MeasureTask, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var known = await db.Tasks.Where(task => task.Id == id).Select(task => new { task.SubjectId, task.Department }).SingleOrDefaultAsync(cancel);
        if (known is null || caller.Department is null || known.Department != caller.Department)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(known.SubjectId, cancel);
        var task = await db.Tasks.SingleAsync(each => each.Id == id, cancel);
        if (seen?.Against(task.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(task);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(TaskView.Of(task)).WithVersion(task.Version);
    }
}
