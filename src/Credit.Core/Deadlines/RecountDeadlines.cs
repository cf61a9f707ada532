using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Deadlines;

/// <summary>The calendar changed: open terms counted in working days are counted again, closed ones stay as they were (I32).</summary>
internal sealed class RecountDeadlines(CreditDbContext db, RegisterPen pen)
{
    /// <summary>Moves what has to move, in the open transaction. Nothing is saved here. Returns how many moved.</summary>
    /// <exception cref="CalendarNotPublishedException">A term now reaches a year without a calendar: nothing is guessed.</exception>
    public async Task<int> ApplyAsync(WorkingCalendar calendar, CancellationToken cancel)
    {
        // Recounts of two hosts follow each other; the second finds nothing left to move.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/calendar'))", cancel);
        var open = await db.Deadlines.AsNoTracking()
            .Where(deadline => deadline.State == DeadlineState.Open && deadline.WorkingDays != null)
            .ToListAsync(cancel);
        var moving = open
            .Select(deadline => (deadline.Id, deadline.AggregateId, Due: calendar.DueDate(deadline.StartedOn, new WorkingDays(deadline.WorkingDays!.Value)), Was: deadline.DueOn))
            .Where(moved => moved.Due != moved.Was)
            .ToDictionary(moved => moved.Id);
        if (moving.Count == 0)
        {
            return 0;
        }

        await db.LockSubjectsOfAsync([.. moving.Values.Select(moved => moved.AggregateId).Distinct()], cancel);
        var ids = moving.Keys.ToArray();
        var count = 0;
        foreach (var deadline in await db.Deadlines.Where(each => ids.Contains(each.Id) && each.State == DeadlineState.Open).OrderBy(each => each.Id).ToListAsync(cancel))
        {
            await MoveAsync(deadline, moving[deadline.Id].Due, cancel);
            count++;
        }

        return count;
    }

    private async Task MoveAsync(Deadline deadline, DateOnly due, CancellationToken cancel)
    {
        var was = deadline.DueOn;
        deadline.DueOn = due;
        db.Add(pen.Write(
            new DeadlineMoved(deadline.Id, deadline.Kind.ToString(), deadline.AggregateId, was, due),
            nameof(Deadline),
            deadline.Id,
            Clause.Standard("I32"),
            new JsonObject { [nameof(Deadline.DueOn)] = $"{was:yyyy-MM-dd}" },
            new JsonObject { [nameof(Deadline.DueOn)] = $"{due:yyyy-MM-dd}" }));

        // The term is also written where people read it; for exits and expiries the deadline alone holds the day.
        switch (deadline.Kind)
        {
            case DeadlineKind.ReportEntry:
                _ = (await db.Entries.SingleOrDefaultAsync(entry => entry.Id == deadline.AggregateId, cancel))?.MoveReportDue(due);
                break;
            case DeadlineKind.TaskFeedback or DeadlineKind.ConfirmStop:
                (await db.Tasks.SingleOrDefaultAsync(task => task.Id == deadline.AggregateId, cancel))?.MoveDue(due, deadline.Kind == DeadlineKind.ConfirmStop);
                break;
            case DeadlineKind.AcceptObjection or DeadlineKind.ConcludeObjection:
                (await db.Objections.SingleOrDefaultAsync(objection => objection.Id == deadline.AggregateId, cancel))?.MoveDue(due, deadline.Kind == DeadlineKind.ConcludeObjection);
                break;
            case DeadlineKind.AcceptRepair or DeadlineKind.DecideRepair or DeadlineKind.DecideEarlyExit:
                (await db.Repairs.SingleOrDefaultAsync(repair => repair.Id == deadline.AggregateId, cancel))?.MoveDue(due);
                break;
            case DeadlineKind.HoldInterview:
                (await db.Rectifications.SingleOrDefaultAsync(rectification => rectification.Id == deadline.AggregateId, cancel))?.MoveInterviewDue(due);
                break;
            case DeadlineKind.PublishExemplar:
                (await db.Exemplars.SingleOrDefaultAsync(exemplar => exemplar.Id == deadline.AggregateId, cancel))?.MoveDue(due);
                break;
            case DeadlineKind.SupplyPapers:
                (await db.Acceptances.SingleOrDefaultAsync(acceptance => acceptance.Id == deadline.AggregateId, cancel))?.MoveDue(due);
                break;
            default:
                break;
        }
    }
}
