using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Deadlines;

/// <summary>Opens and meets deadlines in the transaction that starts or ends the term.</summary>
internal static class DeadlineBook
{
    /// <summary>Opens a term counted in working days.</summary>
    /// <exception cref="CalendarNotPublishedException">The term reaches a year without a calendar: nothing is guessed (X21).</exception>
    public static Deadline Open(
        CreditDbContext db, DeadlineKind kind, Guid aggregateId, string? department, DateOnly startedOn, int workingDays, IWorkingCalendar calendar)
    {
        var deadline = new Deadline
        {
            Kind = kind,
            AggregateId = aggregateId,
            Department = department,
            StartedOn = startedOn,
            WorkingDays = workingDays,
            DueOn = calendar.DueDate(startedOn, new WorkingDays(workingDays)),
        };
        db.Add(deadline);
        return deadline;
    }

    /// <summary>Opens a term that ends on a given day.</summary>
    public static Deadline OpenOn(CreditDbContext db, DeadlineKind kind, Guid aggregateId, string? department, DateOnly startedOn, DateOnly dueOn)
    {
        var deadline = new Deadline { Kind = kind, AggregateId = aggregateId, Department = department, StartedOn = startedOn, DueOn = dueOn };
        db.Add(deadline);
        return deadline;
    }

    /// <summary>Ends the open terms of this kind: done, or no longer owed. Saved with the caller's own changes.</summary>
    public static async Task MeetAsync(CreditDbContext db, DeadlineKind kind, Guid aggregateId, TimeProvider clock, CancellationToken cancel)
    {
        var open = await db.Deadlines
            .Where(deadline => deadline.AggregateId == aggregateId && deadline.Kind == kind && deadline.State == DeadlineState.Open)
            .ToListAsync(cancel);
        foreach (var deadline in open)
        {
            deadline.State = DeadlineState.Met;
            deadline.EndedAt = clock.GetUtcNow();
        }
    }
}

/// <summary>What follows when a deadline of this kind passes unmet. Runs inside the sweeper's transaction, once.</summary>
internal interface IDeadlineAnswer
{
    /// <summary>Kind answered.</summary>
    DeadlineKind Kind { get; }

    /// <summary>Acts. The deadline is marked passed in the same transaction.</summary>
    Task PassedAsync(Deadline deadline, CancellationToken cancel);
}
