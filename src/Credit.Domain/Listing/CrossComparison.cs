using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>交叉比对: an entry against the other entries of its subject, on all lists of all domains (R-3.2.2.e, I3).</summary>
internal static class CrossComparison
{
    /// <summary>True for an entry that counts against others on this day.</summary>
    /// <remarks>
    /// A black entry whose last day is over, and which nobody has moved out yet, counts: the watch entry that follows it has no gap before it (I6).
    /// </remarks>
    public static bool Counts(ListEntry other, DateOnly today) => other.State switch
    {
        EntryState.Recognised => true,
        EntryState.Active or EntryState.Verifying => other.ValidTo >= today || other.List == ListKind.Black,
        _ => false,
    };

    /// <summary>Reasons against recognising or reporting this entry now.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="others">The other entries of its subject.</param>
    /// <param name="pack">Whether watch entries bar red ones.</param>
    /// <param name="today">Today in the district.</param>
    public static IReadOnlyList<Refusal> Against(ListEntry entry, IEnumerable<ListEntry> others, PolicyPack pack, DateOnly today) =>
        [.. others.Where(other => other.Id != entry.Id && Counts(other, today)).SelectMany(other => Against(entry, other, pack))];

    /// <summary>One decision document supports at most one entry per subject and list (I5).</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="others">The other entries of its subject, with what they rest on.</param>
    public static IReadOnlyList<Refusal> AgainstSecondUse(ListEntry entry, IEnumerable<ListEntry> others)
    {
        var numbers = entry.Bases.Select(basis => basis.DocumentNumber).Where(number => number.Length > 0).ToHashSet();
        var used = others.FirstOrDefault(other => other.Id != entry.Id && other.List == entry.List && other.State != EntryState.Cancelled
            && other.Bases.Any(basis => numbers.Contains(basis.DocumentNumber)));
        return used is null
            ? []
            : [new(
                "decision-already-used",
                $"该决定文书已用于该主体同一名单的条目({used.Id})。",
                $"This decision document already supports an entry of the subject on this list ({used.Id}).",
                Clause.Standard("I5"),
                "bases")];
    }

    /// <summary>The same document never supports watch and black at once (I25). A black entry counts however it ended, for its facts met that standard; it and the watch entry that follows it are one case.</summary>
    public static IReadOnlyList<Refusal> AgainstSameFacts(ListEntry entry, IEnumerable<ListEntry> others)
    {
        var numbers = entry.Bases.Select(basis => basis.DocumentNumber).Where(number => number.Length > 0).ToHashSet();
        var list = entry.List == ListKind.Watch ? ListKind.Black : ListKind.Watch;
        var other = entry.List == ListKind.Red ? null : others.FirstOrDefault(each =>
            each.SubjectId == entry.SubjectId && each.Id != entry.Id && each.List == list && each.State != EntryState.Cancelled
            && !(each.WatchReason == WatchReason.AfterBlack && each.PredecessorId == entry.Id)
            && (each.State != EntryState.Exited || list == ListKind.Black) && each.Bases.Any(basis => numbers.Contains(basis.DocumentNumber)));
        return other is null
            ? []
            : [new(
                "same-facts-on-both-lists",
                $"同一文书已用于该主体{(list == ListKind.Black ? "黑名单" : "重点关注名单")}条目({other.Id})，同一事实不得同时列入黑名单和重点关注名单。",
                $"The same document supports a {(list == ListKind.Black ? "black" : "watch")} entry of the subject ({other.Id}): the same facts never support both.",
                Clause.Standard("I25"),
                "bases")];
    }

    private static IEnumerable<Refusal> Against(ListEntry entry, ListEntry other, PolicyPack pack)
    {
        if (entry.List == ListKind.Red && (other.List == ListKind.Black || (other.List == ListKind.Watch && pack.WatchBarsRed)))
        {
            yield return new(
                other.List == ListKind.Black ? "red-but-black" : "red-but-watch",
                $"该主体在{(other.List == ListKind.Black ? "黑名单" : "重点关注名单")}({other.Domain}, 条目 {other.Id})内，不得列入红名单。",
                $"The subject is on a {(other.List == ListKind.Black ? "black" : "watch")} list ({other.Domain}, entry {other.Id}) and must not enter a red list.",
                Clause.R("3.2.2.e"));
        }

        if (entry.List != ListKind.Red && other.List == ListKind.Red && other.State == EntryState.Recognised && entry.State != EntryState.Recognised)
        {
            yield return new(
                "opposite-recognition-pending",
                $"该主体有已认定待报送的红名单条目({other.Domain}, 条目 {other.Id})，请待其报送或撤回后再认定。",
                $"A red entry of the subject is recognised and not yet reported ({other.Domain}, entry {other.Id}): recognise after it is reported or withdrawn.",
                Clause.Standard("I1"));
        }

        if (other.List == entry.List && other.Domain == entry.Domain)
        {
            yield return new(
                "entry-overlaps",
                $"该主体在同一名单同一领域已有条目({other.Id})。",
                $"The subject already has an entry on this list in this domain ({other.Id}).",
                Clause.Standard("I4"));
        }

        if (entry.List == ListKind.Watch && other.List == ListKind.Black && other.Domain == entry.Domain)
        {
            yield return new(
                "watch-but-black",
                $"该主体在同一领域已列入黑名单(条目 {other.Id})，不再列入重点关注名单。",
                $"The subject is already blacklisted in this domain (entry {other.Id}); a watch entry is for conduct below that standard.",
                Clause.Standard("I25"));
        }
    }
}
