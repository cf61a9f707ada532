using Credit.Domain.Listing;

namespace Credit.Domain.Enforcement;

/// <summary>Whether an entry obliges anybody under a memorandum (R-3.5.1.b, I39, I41, I48).</summary>
internal static class Owing
{
    /// <summary>True when the entry triggers this version of a memorandum on this day; watch entries trigger those about black lists.</summary>
    /// <param name="list">List the memorandum is about.</param>
    /// <param name="domains">Domains it is about.</param>
    /// <param name="from">First day the version is in force.</param>
    /// <param name="to">Last day it is in force; null while it is.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="day">The day.</param>
    public static bool Triggers(ListKind list, IReadOnlyList<string> domains, DateOnly from, DateOnly? to, ListEntry entry, DateOnly day) =>
        Triggers(list, domains, from, to, entry.List, entry.Domain, day);

    /// <summary>The same for an entry of which only list and domain are at hand.</summary>
    public static bool Triggers(ListKind list, IReadOnlyList<string> domains, DateOnly from, DateOnly? to, ListKind listed, string domain, DateOnly day) =>
        (list == listed || (listed == ListKind.Watch && list == ListKind.Black))
        && domains.Contains(domain)
        && from <= day && (to is not { } last || day <= last);

    /// <summary>True unless the entry left its list or its last day is over: then it obliges nobody any more (I39). A clock that stepped back before its first day changes nothing.</summary>
    public static bool Obliges(ListEntry entry, DateOnly today) => entry.State is EntryState.Active or EntryState.Verifying && today <= entry.ValidTo;

    /// <summary>True on the days of the entry's term. Before and after them its measures are not executed, whether or not it was moved (I33, I39).</summary>
    public static bool Runs(ListEntry entry, DateOnly day) => entry.Validity is { } validity && validity.Covers(day);

    /// <summary>True when a measure of a triggered memorandum applies to the entry: no draft, graded for watch, and for those who refuse where it says so.</summary>
    public static bool Applies(Measure measure, ListEntry entry) => Applies(measure, entry.List, entry.AbleButRefuses);

    /// <summary>The same for an entry of which only this much is at hand.</summary>
    public static bool Applies(Measure measure, ListKind listed, bool ableButRefuses) =>
        !measure.IsDraft
        && (listed != ListKind.Watch || measure.WatchApplicable)
        && (!measure.OnlyAbleButRefuses || ableButRefuses);
}
