using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>
/// A serious subject is published on government site, credit web site and national enterprise system: each channel becomes a duty with a
/// last day, in the transaction of the report; what is still owed lapses with the entry (R-3.4.3.a). Nothing is saved here.
/// </summary>
internal sealed class OweChannels(IWorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Begins the duties of an entry that was just reported.</summary>
    public void Begin(CreditDbContext db, ListEntry entry, PolicyPack pack)
    {
        var today = clock.Today();
        foreach (var channel in ChannelDuty.DemandedOf(entry, pack))
        {
            var duty = ChannelDuty.Begin(entry, channel, today, calendar.DueDate(today, new WorkingDays(pack.ConfirmChannelDays)));
            db.Add(duty);
            if (channel == PublicationChannel.CreditChina)
            {
                // The platform is that site: the entry stands in its public list from the moment of the report.
                duty.ConfirmByPlatform(entry, $"/odata/public/ListEntries({entry.Id})", today);
                continue;
            }

            DeadlineBook.Open(db, DeadlineKind.ConfirmChannel, duty.Id, duty.Department, today, pack.ConfirmChannelDays, calendar);
            db.Add(new InboxItem
            {
                Department = duty.Department,
                Kind = InboxKind.ChannelDuty,
                AggregateId = duty.Id,
                Text = $"条目 {entry.Id} 须在{TitleOf(channel)}公示，并于{duty.Due:yyyy-MM-dd}前确认公示日期和网址",
                CreatedOn = today,
            });
        }
    }

    /// <summary>What is still owed lapses: the entry left its list.</summary>
    public async Task LapseAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        foreach (var duty in await db.ChannelDuties.Where(each => each.EntryId == entry.Id && each.State == ChannelDutyState.Owed).ToListAsync(cancel))
        {
            _ = duty.Lapse().Value;
            await DeadlineBook.MeetAsync(db, DeadlineKind.ConfirmChannel, duty.Id, clock, cancel);
            foreach (var item in await db.Inbox.Where(each => each.Kind == InboxKind.ChannelDuty && each.AggregateId == duty.Id && each.DoneAt == null).ToListAsync(cancel))
            {
                item.Complete(by: "platform", outcome: "条目已退出，不再公示", now: clock.GetUtcNow());
            }
        }
    }

    private static string TitleOf(PublicationChannel channel) => channel switch
    {
        PublicationChannel.GovernmentPortal => "本级政府门户网站",
        PublicationChannel.Necips => "国家企业信用信息公示系统(山东)",
        PublicationChannel.DepartmentSite => "部门网站",
        _ => "信用中国(济宁任城)",
    };
}
