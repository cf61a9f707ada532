using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Deadlines;

/// <summary>
/// What nobody answers is the lead office's to see: one item a deadline, however often and on however many hosts it fails, until the deadline is
/// over, wherever and however it ended (I95).
/// </summary>
internal sealed class StuckNotices(IServiceScopeFactory scopes, DepartmentDirectory departments, TimeProvider clock)
{
    /// <summary>Tells of a deadline that is still open. Where somebody was done with it and it fails again, it is told anew.</summary>
    public async Task TellAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/stuck/" + id}))", cancel);
        if (await db.Deadlines.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && each.State == DeadlineState.Open, cancel) is not { } deadline)
        {
            return;
        }

        var lead = departments.LeadOffice.Key;
        if (await db.Inbox.SingleOrDefaultAsync(item => item.Department == lead && item.Kind == InboxKind.DeadlineStuck && item.AggregateId == id, cancel) is not { } told)
        {
            db.Add(new InboxItem
            {
                Department = lead,
                Kind = InboxKind.DeadlineStuck,
                AggregateId = id,
                Text = $"{deadline.Kind} 期限已过({deadline.DueOn:yyyy-MM-dd})，平台多次处理未成功: {deadline.AggregateId}",
                CreatedOn = clock.Today(),
            });
        }
        else if (told.DoneAt is null)
        {
            return;
        }
        else
        {
            told.Reopen();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Closes what was told of deadlines that are no longer open and overdue: met, moved, or answered by any host.</summary>
    public async Task CloseEndedAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var (today, lead) = (clock.Today(), departments.LeadOffice.Key);
        var ended = await db.Inbox
            .Where(item => item.Department == lead && item.Kind == InboxKind.DeadlineStuck && item.DoneAt == null
                && !db.Deadlines.Any(each => each.Id == item.AggregateId && each.State == DeadlineState.Open && each.DueOn < today))
            .ToListAsync(cancel);
        foreach (var item in ended)
        {
            item.Complete(by: "platform", outcome: "期限已了结", now: clock.GetUtcNow());
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another host, or somebody at the inbox, was done with it first.
                db.Entry(item).State = EntityState.Detached;
            }
        }
    }
}
