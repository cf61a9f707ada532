using Credit.Core.Deadlines;
using Credit.Core.Store;
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
            _ = task.Suspend().Value;
            await DeadlineBook.RestAsync(db, DeadlineKind.TaskFeedback, task.Id, today, calendar, cancel);
        }
    }

    /// <summary>The entry was confirmed: measures go on, with what was left of their terms.</summary>
    public static async Task ResumeAsync(CreditDbContext db, Guid entryId, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        foreach (var task in await db.Tasks.Where(task => task.EntryId == entryId && task.Execution == TaskExecution.Suspended).ToListAsync(cancel))
        {
            var due = await DeadlineBook.GoOnAsync(db, DeadlineKind.TaskFeedback, task.Id, today, calendar, cancel);
            _ = task.Resume(due ?? task.Due).Value;
        }
    }
}
