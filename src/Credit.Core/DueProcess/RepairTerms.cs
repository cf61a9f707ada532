using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>What the recogniser owes on a repair: the terms of its steps and the item in its inbox.</summary>
internal static class RepairTerms
{
    private static readonly DeadlineKind[] Kinds = [DeadlineKind.AcceptRepair, DeadlineKind.DecideRepair, DeadlineKind.DecideEarlyExit];

    /// <summary>Opens a term; one of the same day, met by a step taken back since, runs again.</summary>
    public static async Task OpenAsync(
        CreditDbContext db, DeadlineKind kind, Repair repair, DateOnly today, int workingDays, IWorkingCalendar calendar, CancellationToken cancel)
    {
        var due = calendar.DueDate(today, new WorkingDays(workingDays));
        var same = await db.Deadlines.SingleOrDefaultAsync(
            deadline => deadline.AggregateId == repair.Id && deadline.Kind == kind && deadline.DueOn == due, cancel);
        if (same is null)
        {
            DeadlineBook.Open(db, kind, repair.Id, repair.Handler, today, workingDays, calendar);
        }
        else
        {
            (same.State, same.StartedOn, same.WorkingDays, same.EndedAt) = (DeadlineState.Open, today, workingDays, null);
        }
    }

    /// <summary>Puts the repair into the recogniser's inbox; an item done with before is to be looked at anew.</summary>
    public static async Task TellAsync(CreditDbContext db, InboxKind kind, Repair repair, string text, DateOnly today, CancellationToken cancel)
    {
        var known = await db.Inbox.SingleOrDefaultAsync(
            item => item.Department == repair.Handler && item.Kind == kind && item.AggregateId == repair.Id, cancel);
        if (known is null)
        {
            db.Add(new InboxItem { Department = repair.Handler, Kind = kind, AggregateId = repair.Id, Text = text, CreatedOn = today });
        }
        else
        {
            known.Reopen();
        }
    }

    /// <summary>The entry left its list for another reason: what is still open about its repair lapses, in the exit's own transaction.</summary>
    public static async Task LapseAsync(CreditDbContext db, ListEntry entry, TimeProvider clock, CancellationToken cancel)
    {
        var repairs = await db.Repairs.Where(each => each.EntryId == entry.Id).ToListAsync(cancel);
        foreach (var repair in repairs.Where(repair => Departure.Lapses(entry, repair)))
        {
            _ = repair.Lapse().Value;
            foreach (var kind in Kinds)
            {
                await DeadlineBook.MeetAsync(db, kind, repair.Id, clock, cancel);
            }
        }
    }
}
