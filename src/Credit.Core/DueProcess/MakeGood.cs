using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>
/// An entry was wrong: the recogniser restores the reputation on the channels that showed it, and each department that
/// granted a benefit recovers it (R-3.5.7.d, R-3.5.7.e). In the conclusion's own transaction, once per entry.
/// </summary>
internal static class MakeGood
{
    public static async Task OrderAsync(CreditDbContext db, ListEntry entry, DateOnly today, CancellationToken cancel)
    {
        var tasks = await db.Tasks.Where(task => task.EntryId == entry.Id).OrderBy(task => task.Id).ToListAsync(cancel);
        foreach (var amends in Amends.Of(entry, tasks))
        {
            var kind = amends.Recovers ? InboxKind.RecoverBenefits : InboxKind.Reparation;
            await AddAsync(db, amends.Department, kind, amends.About, TextOf(amends, entry), today, cancel);
        }
    }

    private static string TextOf(Amends amends, ListEntry entry)
    {
        var channels = entry.Publications.Count == 0 ? "未公示" : string.Join("、", entry.Publications.Select(publication => publication.Channel).Order());
        return amends switch
        {
            { Task: { } task } => $"误列入红名单的条目 {entry.Id} 已实施的激励请予追回: {task.Wording}",
            { Recovers: true } => $"条目 {entry.Id} 误列入红名单，请追回已享受的激励",
            _ => $"条目 {entry.Id} 误列入，请发布更正声明、恢复名誉、消除影响；原公示渠道: {channels}",
        };
    }

    private static async Task AddAsync(
        CreditDbContext db, string department, InboxKind kind, Guid about, string text, DateOnly today, CancellationToken cancel)
    {
        if (!await db.Inbox.AnyAsync(item => item.Department == department && item.Kind == kind && item.AggregateId == about, cancel))
        {
            db.Add(new InboxItem { Department = department, Kind = kind, AggregateId = about, Text = text, CreatedOn = today });
        }
    }
}
