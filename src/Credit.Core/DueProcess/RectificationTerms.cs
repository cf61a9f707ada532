using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>The terms of a rectification: to its last day, and from there to the interview (R-3.4.2.c, R-3.4.2.d).</summary>
internal sealed class RectificationTerms(WriteNotice notices, PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Opens the one interview of an entry whose rectification is overdue; none where it had one (I63).</summary>
    public async Task OpenInterviewAsync(CreditDbContext db, ListEntry entry, Rectification overdue, CancellationToken cancel)
    {
        if (!overdue.LeadsToInterview(await db.Rectifications.AsNoTracking().Where(each => each.EntryId == entry.Id).ToListAsync(cancel)))
        {
            return;
        }

        var today = clock.Today();
        var term = DeadlineBook.Open(db, DeadlineKind.HoldInterview, overdue.Id, overdue.Recogniser, today, pack.InterviewDays, calendar);
        _ = overdue.OpenInterview(term.DueOn).Value;
        notices.Interview(db, entry, overdue);
        await TellAsync(db, InboxKind.Interview, overdue, $"条目 {entry.Id} 整改逾期，请于{term.DueOn:yyyy-MM-dd}前约谈主要负责人", today, cancel);
    }

    /// <summary>Verification found the entry right: what became overdue meanwhile leads to its interview now.</summary>
    public async Task CatchUpAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        var today = clock.Today();
        foreach (var rectification in await db.Rectifications.Where(each => each.EntryId == entry.Id && each.Due < today).ToListAsync(cancel))
        {
            if (RectificationLifecycle.Table.Allows(rectification.State, RectificationTrigger.Pass))
            {
                _ = rectification.Pass(today).Value;
                await OpenInterviewAsync(db, entry, rectification, cancel);
            }
        }
    }

    /// <summary>Puts the rectification into the recogniser's inbox; an item done with before is to be looked at anew.</summary>
    public static async Task TellAsync(CreditDbContext db, InboxKind kind, Rectification about, string text, DateOnly today, CancellationToken cancel)
    {
        var known = await db.Inbox.SingleOrDefaultAsync(
            item => item.Department == about.Recogniser && item.Kind == kind && item.AggregateId == about.Id, cancel);
        if (known is null)
        {
            db.Add(new InboxItem { Department = about.Recogniser, Kind = kind, AggregateId = about.Id, Text = text, CreatedOn = today });
        }
        else
        {
            known.Reopen();
        }
    }

    /// <summary>The entry left its list: what is open of its rectifications, interview and warning ends, in the exit's own transaction.</summary>
    public static async Task EndAsync(CreditDbContext db, ListEntry entry, TimeProvider clock, CancellationToken cancel)
    {
        foreach (var rectification in await db.Rectifications.Where(each => each.EntryId == entry.Id).ToListAsync(cancel))
        {
            if (RectificationLifecycle.Table.Allows(rectification.State, RectificationTrigger.End))
            {
                _ = rectification.End().Value;
                await DeadlineBook.MeetAsync(db, DeadlineKind.Rectify, rectification.Id, clock, cancel);
                await DeadlineBook.MeetAsync(db, DeadlineKind.HoldInterview, rectification.Id, clock, cancel);
            }
        }

        var warnings = await db.Notices.Where(notice => notice.AboutId == entry.Id && notice.Kind == NoticeKind.Warning).Select(notice => notice.Id).ToListAsync(cancel);
        foreach (var warning in warnings)
        {
            await DeadlineBook.MeetAsync(db, DeadlineKind.DeliverWarning, warning, clock, cancel);
        }
    }
}
