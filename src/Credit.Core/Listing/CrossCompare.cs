using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>交叉比对: a proposal against all lists of all domains (R-3.2.2.e). Inside the recognising transaction it decides (I3).</summary>
internal static class CrossCompare
{
    /// <summary>Reasons against recognising or reporting this entry now; the subject's row is locked by the caller.</summary>
    public static async Task<IReadOnlyList<Refusal>> AgainstAsync(
        CreditDbContext db, ListEntry entry, PolicyPack pack, DateOnly today, CancellationToken cancel)
    {
        var others = await db.Entries.AsNoTracking()
            .Where(other => other.SubjectId == entry.SubjectId && other.Id != entry.Id
                && (other.State == EntryState.Recognised || other.State == EntryState.Active || other.State == EntryState.Verifying))
            .ToListAsync(cancel);
        return CrossComparison.Against(entry, others, pack, today);
    }

    /// <summary>One decision document supports at most one entry per subject and list (I5).</summary>
    public static async Task<IReadOnlyList<Refusal>> AgainstSecondUseAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        var others = await db.Entries.AsNoTracking().Include(other => other.Bases)
            .Where(other => other.SubjectId == entry.SubjectId && other.List == entry.List && other.Id != entry.Id && other.State != EntryState.Cancelled)
            .ToListAsync(cancel);
        return CrossComparison.AgainstSecondUse(entry, others);
    }
}
