using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>An objection was accepted: measures rest, and the terms to feed back on them (R-3.5.7.c, I40). In the acceptance's own transaction.</summary>
internal static class SuspendTasks
{
    public static async Task SuspendAsync(CreditDbContext db, Guid entryId, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        foreach (var task in await db.Tasks.Where(task => task.EntryId == entryId && task.Execution == TaskExecution.Running).ToListAsync(cancel))
        {
            await SuspendAsync(db, task, today, calendar, cancel);
        }
    }

    /// <summary>The entry was confirmed: measures go on, with what was left of their terms.</summary>
    public static async Task ResumeAsync(CreditDbContext db, Guid entryId, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        // A measure that is doubted itself rests on until that is concluded.
        var resting = db.Tasks.Where(task => task.EntryId == entryId && task.Execution == TaskExecution.Suspended
            && !db.Objections.Any(objection => objection.TaskId == task.Id && objection.State == ObjectionState.Accepted));
        foreach (var task in await resting.ToListAsync(cancel))
        {
            await ResumeAsync(db, task, today, calendar, cancel);
        }
    }

    /// <summary>One measure is doubted and rests; one that rests already stays as it is.</summary>
    public static async Task SuspendAsync(CreditDbContext db, MeasureTask task, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        if (task.Execution == TaskExecution.Running)
        {
            _ = task.Suspend().Value;
            await DeadlineBook.RestAsync(db, DeadlineKind.TaskFeedback, task.Id, today, calendar, cancel);
        }
    }

    /// <summary>One resting measure goes on, with what was left of its term.</summary>
    public static async Task ResumeAsync(CreditDbContext db, MeasureTask task, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        var due = await DeadlineBook.GoOnAsync(db, DeadlineKind.TaskFeedback, task.Id, today, calendar, cancel);
        _ = task.Resume(due ?? task.Due).Value;
    }
}
