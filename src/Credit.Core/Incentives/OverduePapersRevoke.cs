using Credit.Core.Deadlines;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>The time to supply papers has passed: the acceptance is revoked, the commitment broken, and one credit record says so (R-3.3.2.c, I51).</summary>
internal sealed class OverduePapersRevoke(CreditDbContext db, PolicyPack pack, TimeProvider clock) : IDeadlineAnswer
{
    public DeadlineKind Kind => DeadlineKind.SupplyPapers;

    public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
    {
        var acceptance = await db.Acceptances.Include(each => each.Papers).SingleAsync(each => each.Id == deadline.AggregateId, cancel);
        if (!AcceptanceLifecycle.Table.Allows(acceptance.State, AcceptanceTrigger.Revoke))
        {
            return;
        }

        var today = clock.Today();
        _ = acceptance.Revoke(today).Value;
        var commitment = await db.Commitments.SingleAsync(each => each.Id == acceptance.CommitmentId, cancel);
        _ = commitment.Break($"容缺材料截至{acceptance.Due:yyyy-MM-dd}未补齐", by: "", today, BreachRecord.PublicUntil(today, pack)).Value;
        db.Add(BreachRecord.Of(commitment, today));
        await db.SaveChangesAsync(cancel);
    }
}
