using Credit.Core.Oversight;
using Credit.Core.Store;
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
        if (entry.List != ListKind.Red)
        {
            var channels = entry.Publications.Count == 0 ? "未公示" : string.Join("、", entry.Publications.Select(publication => publication.Channel).Order());
            await AddAsync(db, entry.Recogniser, InboxKind.Reparation, entry.Id, $"条目 {entry.Id} 误列入，请发布更正声明、恢复名誉、消除影响；原公示渠道: {channels}", today, cancel);
            return;
        }

        await AddAsync(db, entry.Recogniser, InboxKind.RecoverBenefits, entry.Id, $"条目 {entry.Id} 误列入红名单，请追回已享受的激励", today, cancel);
        var granted = await db.Tasks.Where(task => task.EntryId == entry.Id && task.FedBackOn != null).OrderBy(task => task.Id).ToListAsync(cancel);
        foreach (var task in granted)
        {
            await AddAsync(db, task.Department, InboxKind.RecoverBenefits, task.Id, $"误列入红名单的条目 {entry.Id} 已实施的激励请予追回: {task.Wording}", today, cancel);
        }
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
