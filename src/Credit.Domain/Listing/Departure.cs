using Credit.Domain.DueProcess;
using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>An entry that left its list, and the watch entry that follows it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Watch">The watch entry that follows a black one at once; null where none does.</param>
internal sealed record Departure(ListEntry Entry, ListEntry? Watch)
{
    /// <summary>Moves the entry out, together with what follows it (R-3.5.5.g, R-3.5.6, I6, I7).</summary>
    /// <param name="entry">The entry, with its publications.</param>
    /// <param name="on">Why it leaves.</param>
    /// <param name="day">Day of the exit.</param>
    /// <param name="pack">What follows an exit, and what it ends.</param>
    public static Outcome<Departure> Of(ListEntry entry, EntryTrigger on, DateOnly day, PolicyPack pack)
    {
        // Noticed after the last day, before the clockwork came: the entry expired, unless it was wrong from the start. What follows begins
        // on the first day no longer in force, so that there is no instant with neither list (I6).
        var exitDay = day > entry.ValidTo ? entry.ValidTo.AddDays(1) : day;
        if (day > entry.ValidTo && on != EntryTrigger.FindWrong && ListEntryLifecycle.Of(entry.List).Allows(entry.State, EntryTrigger.Expire))
        {
            on = EntryTrigger.Expire;
        }

        var follows = EntryRules.WatchFollows(pack, entry.List, on);
        return follows && entry.WatchMonthsAfterExit is null
            ? new Refusal(
                "watch-term-missing",
                "认定部门未给出重点关注名单有效期，不能退出黑名单。",
                "The recogniser has not stated the watch term, without which a black entry cannot exit.",
                Clause.R("3.5.5.g"),
                "watchMonthsAfterExit")
            : entry.Exit(on, exitDay, EntryRules.EndsSharing(pack, on)).Then<Departure>(left =>
                new Departure(left, follows && left.State == EntryState.Exited ? WatchAfter(left, exitDay, pack) : null));
    }

    /// <summary>The exit day of an entry whose last day is over; null when it stays.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="lastDay">The day that passed.</param>
    /// <remarks>The day after the last day, however late the clockwork comes: no instant with neither list (I6).</remarks>
    public static DateOnly? ExitDayOf(ListEntry entry, DateOnly lastDay) =>
        ListEntryLifecycle.Of(entry.List).Allows(entry.State, EntryTrigger.Expire) && entry.ValidTo <= lastDay ? entry.ValidTo.AddDays(1) : null;

    /// <summary>What is still open about the repair of an entry that left for another reason lapses.</summary>
    public static bool Lapses(ListEntry entry, Repair repair) =>
        entry.List != ListKind.Red && entry.ExitReason != ExitReason.Repaired && RepairLifecycle.Table.Allows(repair.State, RepairTrigger.Lapse);

    private static ListEntry WatchAfter(ListEntry black, DateOnly exitDay, PolicyPack pack)
    {
        var watch = ListEntry.WatchAfterBlack(black, exitDay);
        watch.StateRepairDates(pack);
        return watch;
    }
}
