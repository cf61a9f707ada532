using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>
/// What the conclusion of a doubt about one measure does: the measure goes on, or is withdrawn, in the conclusion's own
/// transaction. The entry and its other measures stay as they are (R-3.5.7.b, I58).
/// </summary>
internal sealed class WithdrawMeasure(PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Concludes. Nothing is saved here.</summary>
    public async Task<IReadOnlyList<Refusal>> ConcludeAsync(
        CreditDbContext db, Objection objection, ListEntry entry, Conclusion conclusion, CancellationToken cancel)
    {
        var today = clock.Today();
        var task = await db.Tasks.SingleAsync(each => each.Id == objection.TaskId, cancel);
        var othersOpen = await db.Objections.AnyAsync(
            each => each.TaskId == task.Id && each.Id != objection.Id && each.State == ObjectionState.Accepted, cancel);
        var concluded = Verification.ConcludeMeasure(objection, entry, task, conclusion, othersOpen, today);
        if (!concluded.Accepted)
        {
            return concluded.Refusals;
        }

        await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
        if (concluded.Value == MeasureFate.GoesOn)
        {
            await SuspendTasks.ResumeAsync(db, task, today, calendar, cancel);
        }
        else if (concluded.Value == MeasureFate.Stops)
        {
            await StopMeasureTasks.StopAsync(db, task, today, pack, calendar, clock, cancel);
        }

        return [];
    }
}
