using Credit.Core.DueProcess;
using Credit.Core.Enforcement;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>
/// 责任追溯 in the transaction of whatever causes it (R-3.4.6, I52): an organisation's black or watch entry comes into force, an
/// office is recorded, the entry leaves its list. The caller holds the organisation's lock.
/// </summary>
internal sealed class HoldToAccount(PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock, WriteNotice notices)
{
    /// <summary>Brings the items of an entry in force in step with who was in office when the act happened, and who is named.</summary>
    public async Task ApplyAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        var today = clock.Today();
        if (!AccountabilityItem.Traces(entry) || !entry.InForce(today))
        {
            return;
        }

        var items = await LiveAsync(db, entry, cancel);
        foreach (var named in items.Where(item => item.State == AccountabilityState.Named))
        {
            notices.HeldToAccount(db, entry, named.Start(today).Value);
        }

        var officeholders = await db.Officeholders.AsNoTracking().Where(holder => holder.OrganisationId == entry.SubjectId).ToListAsync(cancel);
        var answerable = AccountabilityItem.AnswerableFor(entry, officeholders);
        foreach (var wrong in items.Where(item => item.NamedFor is null && answerable.All(holder => holder.PersonId != item.PersonId)).ToArray())
        {
            await DeleteAsync(db, entry, wrong, today, cancel);
            items.Remove(wrong);
        }

        var held = items.Select(item => item.PersonId).ToHashSet();
        Begin(db, entry, answerable.Where(holder => held.Add(holder.PersonId)).Select(holder => AccountabilityItem.Hold(entry, holder, today)));

        // The watch entry that follows a black one is about the same act: who was named for that one answers for this one.
        if (entry.PredecessorId is { } before && items.Count == 0)
        {
            var carried = await db.AccountabilityItems.AsNoTracking()
                .Where(item => item.EntryId == before && item.NamedFor != null && item.State != AccountabilityState.Deleted).ToListAsync(cancel);
            Begin(db, entry, carried.Where(item => held.Add(item.PersonId)).Select(item =>
                AccountabilityItem.Name(entry, new(item.PersonId, item.PersonName, item.PersonMask), item.Responsibility, item.NamedFor!, today).Value));
        }
    }

    /// <summary>The entry left its list, or never came to be: ended with it, or deleted when it was wrong (R-3.4.6.c).</summary>
    public async Task EndAsync(CreditDbContext db, ListEntry entry, bool wrong, DateOnly exitDay, CancellationToken cancel)
    {
        foreach (var item in await LiveAsync(db, entry, cancel))
        {
            _ = item.Depart(wrong, exitDay).Value;
        }
    }

    /// <summary>Every entry in force of an organisation, after its offices changed.</summary>
    public async Task ApplyToAllAsync(CreditDbContext db, Guid organisation, CancellationToken cancel)
    {
        var entries = await db.Entries.Where(entry => entry.SubjectId == organisation && entry.List != ListKind.Red
            && (entry.State == EntryState.Active || entry.State == EntryState.Verifying)).OrderBy(entry => entry.Id).ToListAsync(cancel);
        foreach (var entry in entries)
        {
            await ApplyAsync(db, entry, cancel);
        }
    }

    private void Begin(CreditDbContext db, ListEntry entry, IEnumerable<AccountabilityItem> items)
    {
        foreach (var item in items)
        {
            db.Add(item);
            if (item.State == AccountabilityState.InForce)
            {
                notices.HeldToAccount(db, entry, item);
            }
        }
    }

    private async Task DeleteAsync(CreditDbContext db, ListEntry entry, AccountabilityItem item, DateOnly today, CancellationToken cancel)
    {
        _ = item.Delete(today).Value;
        await StopMeasureTasks.StopAsync(db, entry, today, pack, calendar, clock, cancel, item.PersonId);
    }

    private static Task<List<AccountabilityItem>> LiveAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel) => db.AccountabilityItems
        .Where(item => item.EntryId == entry.Id && (item.State == AccountabilityState.Named || item.State == AccountabilityState.InForce))
        .OrderBy(item => item.Id).ToListAsync(cancel);
}
