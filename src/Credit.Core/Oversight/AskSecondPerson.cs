using Credit.Core.Store;
using Credit.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>What one person proposed and a second one decides stands in the inbox of whoever decides, until it is decided (I84).</summary>
internal static class AskSecondPerson
{
    /// <summary>Opens the item in the transaction of the proposal; <see cref="CompleteInboxItem.CloseAsync"/> closes it with the decision. Nothing is saved here.</summary>
    /// <param name="db">The register.</param>
    /// <param name="department">Department that decides.</param>
    /// <param name="about">What is to be decided.</param>
    /// <param name="text">One sentence, no personal data.</param>
    /// <param name="today">Today in the district.</param>
    public static void Open(CreditDbContext db, string department, Guid about, string text, DateOnly today) =>
        db.Add(new InboxItem { Department = department, Kind = InboxKind.SecondPerson, AggregateId = about, Text = text, CreatedOn = today });

    /// <summary>A record is shown when a second person of its department says so (I70), whichever way it came in.</summary>
    public static void ToPublish(CreditDbContext db, CreditRecord record, DateOnly today)
    {
        if (record.PublicAskedUntil is not null)
        {
            Open(db, record.Provider, record.Id, $"信用记录 {record.Id} 申请公示，待第二人审查", today);
        }
    }

    /// <summary>The record was replaced before anybody decided: its item is done with, the new one has its own.</summary>
    public static async Task ReplacedAsync(CreditDbContext db, Guid replaced, string by, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var item in await db.Inbox.Where(item => item.Kind == InboxKind.SecondPerson && item.AggregateId == replaced && item.DoneAt == null).ToListAsync(cancel))
        {
            item.Complete(by, "已更正，由更正后的记录代替", now);
        }
    }
}
