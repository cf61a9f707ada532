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
        // A black entry whose last day is over, and which nobody has moved out yet, counts: the watch entry that follows it has no gap before it (I6).
        var others = await db.Entries
            .Where(other => other.SubjectId == entry.SubjectId && other.Id != entry.Id
                && (other.State == EntryState.Recognised
                    || ((other.State == EntryState.Active || other.State == EntryState.Verifying) && (other.ValidTo >= today || other.List == ListKind.Black))))
            .Select(other => new { other.Id, other.List, other.Domain, other.State, other.Recogniser })
            .ToListAsync(cancel);

        List<Refusal> refusals = [];
        foreach (var other in others)
        {
            if (entry.List == ListKind.Red && (other.List == ListKind.Black || (other.List == ListKind.Watch && pack.WatchBarsRed)))
            {
                refusals.Add(new(
                    other.List == ListKind.Black ? "red-but-black" : "red-but-watch",
                    $"该主体在{(other.List == ListKind.Black ? "黑名单" : "重点关注名单")}({other.Domain}, 条目 {other.Id})内，不得列入红名单。",
                    $"The subject is on a {(other.List == ListKind.Black ? "black" : "watch")} list ({other.Domain}, entry {other.Id}) and must not enter a red list.",
                    Clause.R("3.2.2.e")));
            }

            if (entry.List != ListKind.Red && other.List == ListKind.Red && other.State == EntryState.Recognised && entry.State != EntryState.Recognised)
            {
                refusals.Add(new(
                    "opposite-recognition-pending",
                    $"该主体有已认定待报送的红名单条目({other.Domain}, 条目 {other.Id})，请待其报送或撤回后再认定。",
                    $"A red entry of the subject is recognised and not yet reported ({other.Domain}, entry {other.Id}): recognise after it is reported or withdrawn.",
                    Clause.Standard("I1")));
            }

            if (other.List == entry.List && other.Domain == entry.Domain)
            {
                refusals.Add(new(
                    "entry-overlaps",
                    $"该主体在同一名单同一领域已有条目({other.Id})。",
                    $"The subject already has an entry on this list in this domain ({other.Id}).",
                    Clause.Standard("I4")));
            }

            if (entry.List == ListKind.Watch && other.List == ListKind.Black && other.Domain == entry.Domain)
            {
                refusals.Add(new(
                    "watch-but-black",
                    $"该主体在同一领域已列入黑名单(条目 {other.Id})，不再列入重点关注名单。",
                    $"The subject is already blacklisted in this domain (entry {other.Id}); a watch entry is for conduct below that standard.",
                    Clause.Standard("I25")));
            }
        }

        return refusals;
    }

    /// <summary>One decision document supports at most one entry per subject and list (I5).</summary>
    public static async Task<IReadOnlyList<Refusal>> AgainstSecondUseAsync(CreditDbContext db, ListEntry entry, CancellationToken cancel)
    {
        var numbers = entry.Bases.Select(basis => basis.DocumentNumber).Where(number => number.Length > 0).ToArray();
        var used = await db.Entries
            .Where(other => other.SubjectId == entry.SubjectId && other.List == entry.List && other.Id != entry.Id && other.State != EntryState.Cancelled
                && other.Bases.Any(basis => numbers.Contains(basis.DocumentNumber)))
            .Select(other => (Guid?)other.Id)
            .FirstOrDefaultAsync(cancel);
        return used is null
            ? []
            : [new(
                "decision-already-used",
                $"该决定文书已用于该主体同一名单的条目({used})。",
                $"This decision document already supports an entry of the subject on this list ({used}).",
                Clause.Standard("I5"),
                "bases")];
    }
}
