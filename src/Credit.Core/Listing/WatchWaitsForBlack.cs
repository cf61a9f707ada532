using Credit.Core.Deadlines;
using Credit.Core.DueProcess;
using Credit.Core.Store;
using Credit.Core.Watching;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>
/// A black entry is recognised and not yet reported: the watch entry of its domain stays in force until the report closes it, so that
/// its term does not end in between (R-3.5.5.f, I8). A withdrawn recognition gives it its own term back.
/// </summary>
internal sealed class WatchWaitsForBlack(PolicyPacks packs, WriteNotice notices, TimeProvider clock)
{
    /// <summary>In the transaction of the recognition. Nothing is saved here.</summary>
    public Task BeginAsync(CreditDbContext db, ListEntry black, CancellationToken cancel) => MoveAsync(
        db, black, "本领域黑名单条目已认定待报送，重点关注名单有效期延续至其报送之日", (watches, today) => Displacement.CarriedBy(black, watches, today), (watch, _) => watch.CarryOn(black), cancel);

    /// <summary>In the transaction of the withdrawal of a recognised entry. Nothing is saved here.</summary>
    public Task EndAsync(CreditDbContext db, ListEntry black, CancellationToken cancel) => MoveAsync(
        db, black, "本领域黑名单条目已撤回，恢复原有效期", (watches, _) => Displacement.ReleasedBy(black, watches), (watch, today) => watch.EndCarrying(today), cancel);

    private async Task MoveAsync(
        CreditDbContext db, ListEntry black, string result, Func<IEnumerable<ListEntry>, DateOnly, IEnumerable<ListEntry>> concerned, Action<ListEntry, DateOnly> move,
        CancellationToken cancel)
    {
        if (black.List != ListKind.Black)
        {
            return;
        }

        var today = clock.Today();
        var watches = await db.Entries.Where(entry => entry.SubjectId == black.SubjectId && entry.List == ListKind.Watch).ToListAsync(cancel);
        foreach (var watch in concerned(watches, today).ToArray())
        {
            var was = watch.ValidTo;
            move(watch, today);
            if (watch.ValidTo == was)
            {
                continue;
            }

            notices.Answer(db, watch, watch.Id, "重点关注名单有效期", result, $"现有效期至{watch.ValidTo:yyyy-MM-dd}。");
            await DeadlineBook.MoveAsync(db, DeadlineKind.EntryExpiry, watch.Id, watch.ValidTo, cancel);
            await ThreeWatchesWarn.ApplyAsync(db, watch.SubjectId, packs.InForce(today), today, cancel);
        }
    }
}
