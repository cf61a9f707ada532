using Credit.Domain.Accountability;
using Credit.Domain.Listing;

namespace Credit.Core.Checks;

/// <summary><see cref="Credit.Domain.Checks.Holding"/> as the database decides it.</summary>
internal static class HoldingEntries
{
    /// <summary>Entries in force on a day, as known now.</summary>
    public static IQueryable<ListEntry> Holding(this IQueryable<ListEntry> entries, DateOnly day, DateOnly today)
    {
        var past = day < today;
        return entries.Where(entry => entry.ValidFrom <= day && entry.ValidTo >= day
            && (entry.State == EntryState.Active || entry.State == EntryState.Verifying
                || (past && entry.State == EntryState.Exited && entry.ExitedOn > day && entry.ExitReason != ExitReason.Erroneous)));
    }

    /// <summary>Persons who answer for a unit's entry on a day, as known now.</summary>
    public static IQueryable<AccountabilityItem> Answering(this IQueryable<AccountabilityItem> items, DateOnly day, DateOnly today)
    {
        var past = day < today;
        return items.Where(item =>
            (item.State == AccountabilityState.InForce && (!past || item.HeldFrom <= day))
            || (past && item.State == AccountabilityState.Ended && item.HeldFrom <= day && item.EndedOn > day));
    }
}
