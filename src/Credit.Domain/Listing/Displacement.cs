namespace Credit.Domain.Listing;

/// <summary>Which entries of a subject leave because another one comes into force.</summary>
internal static class Displacement
{
    /// <summary>What a red entry hears when this one comes into force.</summary>
    public static EntryTrigger TriggerOf(ListEntry cause) => cause.List == ListKind.Black ? EntryTrigger.Blacklist : EntryTrigger.Watchlist;

    /// <summary>Every red entry, of any domain and department, recognised ones included, leaves before black or watch (R-3.5.6.c, I1, I2).</summary>
    public static IEnumerable<ListEntry> OfRedBy(ListEntry cause, IEnumerable<ListEntry> others) => cause.List == ListKind.Red
        ? []
        : others.Where(other => other.List == ListKind.Red && other.State is EntryState.Active or EntryState.Verifying or EntryState.Recognised);

    /// <summary>The watch entry that is in force in the domain when a black entry is recognised waits with it for the report: no gap (R-3.5.5.f, I8).</summary>
    public static IEnumerable<ListEntry> CarriedBy(ListEntry cause, IEnumerable<ListEntry> others, DateOnly today) =>
        OfWatchBy(cause, others).Where(watch => today <= watch.ValidTo); // a clock that stepped back before its first day changes nothing

    /// <summary>The watch entry that waited for a recognised black entry, now that it was withdrawn; a mere proposal kept none waiting.</summary>
    public static IEnumerable<ListEntry> ReleasedBy(ListEntry withdrawn, IEnumerable<ListEntry> others) =>
        withdrawn.RecognisedOn is null ? [] : OfWatchBy(withdrawn, others);

    /// <summary>A black entry closes the watch entry of its domain as upgraded: no gap, no overlap (R-3.5.5.f, I8).</summary>
    public static IEnumerable<ListEntry> OfWatchBy(ListEntry cause, IEnumerable<ListEntry> others) => cause.List != ListKind.Black
        ? []
        : others.Where(other => other.List == ListKind.Watch && other.Domain == cause.Domain && other.State is EntryState.Active or EntryState.Verifying);
}
