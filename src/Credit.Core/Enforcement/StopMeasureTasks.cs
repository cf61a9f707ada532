using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>An entry left its list: every department gets a stop order that stays open until it confirms (R-3.5.6.d, I45). In the exit's own transaction.</summary>
internal static class StopMeasureTasks
{
    /// <summary>Stops the measures of the entry, or of it only those that reach one person.</summary>
    public static async Task StopAsync(
        CreditDbContext db, ListEntry entry, DateOnly today, PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock, CancellationToken cancel,
        Guid? person = null)
    {
        var due = calendar.DueDate(today, new WorkingDays(pack.ConfirmStopDays));
        var tasks = await db.Tasks
            .Where(task => task.EntryId == entry.Id && task.Execution != TaskExecution.Ended && (person == null || task.PersonId == person))
            .OrderBy(task => task.Id)
            .ToListAsync(cancel);
        foreach (var task in tasks)
        {
            await StopAsync(db, task, due, today, pack, calendar, clock, cancel);
        }
    }

    /// <summary>One measure was withdrawn: its department gets the same stop order (R-3.5.7.b).</summary>
    public static Task StopAsync(
        CreditDbContext db, MeasureTask task, DateOnly today, PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock, CancellationToken cancel) =>
        StopAsync(db, task, calendar.DueDate(today, new WorkingDays(pack.ConfirmStopDays)), today, pack, calendar, clock, cancel);

    private static async Task StopAsync(
        CreditDbContext db, MeasureTask task, DateOnly due, DateOnly today, PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock, CancellationToken cancel)
    {
        _ = task.RequestStop(due).Value;
        DeadlineBook.Open(db, DeadlineKind.ConfirmStop, task.Id, task.Department, today, pack.ConfirmStopDays, calendar);

        // Feedback on a measure that ended is no longer owed, and must not be reported as overdue.
        await DeadlineBook.MeetAsync(db, DeadlineKind.TaskFeedback, task.Id, clock, cancel);
    }
}
