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
            .Where(deadline => deadline.AggregateId == aggregateId && deadline.Kind == kind
                && (deadline.State == DeadlineState.Open || deadline.State == DeadlineState.Resting))
            .ToListAsync(cancel);
        foreach (var deadline in open)
        {
            deadline.State = DeadlineState.Met;
            deadline.EndedAt = clock.GetUtcNow();
        }
    }

    /// <summary>Moves the open term of this kind to another last day.</summary>
    public static async Task MoveAsync(CreditDbContext db, DeadlineKind kind, Guid aggregateId, DateOnly dueOn, CancellationToken cancel)
    {
        var open = await db.Deadlines.SingleOrDefaultAsync(
            deadline => deadline.AggregateId == aggregateId && deadline.Kind == kind && deadline.State == DeadlineState.Open, cancel);
        if (open is not null)
        {
            open.DueOn = dueOn;
        }
    }

    /// <summary>
    /// Lets the open term of this kind rest: what is left of it, one day at least, is kept until it goes on. A term whose
    /// last day is over stays open, for it is already missed.
    /// </summary>
    public static async Task RestAsync(
        CreditDbContext db, DeadlineKind kind, Guid aggregateId, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        var open = await db.Deadlines.SingleOrDefaultAsync(
            deadline => deadline.AggregateId == aggregateId && deadline.Kind == kind && deadline.State == DeadlineState.Open && deadline.DueOn >= today, cancel);
        if (open is not null)
        {
            (open.State, open.WorkingDays) = (DeadlineState.Resting, RestingTerm.Left(calendar, today, open.DueOn));
        }
    }

    /// <summary>Lets a resting term go on from today. Returns its new last day; null when none rests.</summary>
    public static async Task<DateOnly?> GoOnAsync(
        CreditDbContext db, DeadlineKind kind, Guid aggregateId, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        var resting = await db.Deadlines.SingleOrDefaultAsync(
            deadline => deadline.AggregateId == aggregateId && deadline.Kind == kind && deadline.State == DeadlineState.Resting, cancel);
        if (resting is not null)
        {
            (resting.State, resting.StartedOn) = (DeadlineState.Open, today);
            resting.DueOn = calendar.DueDate(today, new WorkingDays(resting.WorkingDays!.Value));
        }

        return resting?.DueOn;
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
