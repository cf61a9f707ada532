using Credit.Domain.Enforcement;
using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>What a policy pack says about entries: who may be listed on what, for how long, what follows, and how much of it is shown.</summary>
public static class EntryRules
{
    /// <summary>Every reason of the pack against a proposal.</summary>
    /// <param name="proposal">The proposal; its grade already the pack's.</param>
    /// <param name="pack">The pack in force.</param>
    public static IEnumerable<Refusal> Against(EntryProposal proposal, PolicyPack pack)
    {
        var start = pack.TermFrom == TermStart.Document ? proposal.DecidedOn ?? proposal.ProposedOn : proposal.ProposedOn;
        foreach (var refusal in Against(pack, new(proposal.List, proposal.StandardLevel, proposal.Severity, start, proposal.ValidTo)))
        {
            yield return refusal;
        }

        if (proposal is { Repairable: true, RepairMonths: { } months } && pack.TermOf(proposal.Severity) is { } grade && months < grade.MinMonths)
        {
            yield return new(
                "repair-term-out-of-range",
                $"修复期限短于该失信程度的最短公示期({grade.MinMonths}个月)，无法修复。",
                $"The period of repair is over before the shortest term of the grade ({grade.MinMonths} months): nothing could be repaired.",
                Clause.R("3.5.4.a"),
                "repairMonths");
        }
    }

    /// <summary>Every reason of the pack against what an entry is, whatever the way it came.</summary>
    internal static IEnumerable<Refusal> Against(PolicyPack pack, EntryParticulars entry)
    {
        if (!pack.Lists.Contains(entry.List))
        {
            yield return new(
                "list-not-admitted", "现行制度不设该名单。", "The framework in force has no such list.", Clause.Standard("国办发〔2020〕49号"), "list");
        }

        // City and district standards have their own refusal, in every framework.
        if (entry is { List: not ListKind.Red, Level: StandardLevel.National or StandardLevel.Provincial }
            && !pack.PunishStandardLevels.Contains(entry.Level))
        {
            yield return new(
                "local-list-without-law",
                "现行制度下，惩戒名单须依据国家层面的法律法规或标准设立。",
                "Under the framework in force a punish list rests on a national standard; a local one has no legal basis.",
                Clause.Standard("国办发〔2020〕49号"),
                "standardLevel");
        }

        if (pack.SeverityTerms.Count > 0 && entry is { List: not ListKind.Red, Severity: null })
        {
            yield return new("severity-missing", "请写明失信程度(轻微、一般、严重)。", "State the grade of the conduct.", Clause.Standard("国办发〔2025〕22号"), "severity");
        }

        if (AgainstTerm(pack, entry.List, entry.Severity, entry.Start, entry.ValidTo) is { } tooLong)
        {
            yield return tooLong;
        }

        if (AgainstShortTerm(pack, entry.List, entry.Severity, entry.Start, entry.ValidTo) is { } tooShort)
        {
            yield return tooShort;
        }
    }

    /// <summary>The reason against recognising the entry on this day: from the document's day on its term may be too long, or too short for its grade, by now (I20).</summary>
    public static Refusal? AgainstRecognition(PolicyPack pack, ListEntry entry, DateOnly recognisedOn) =>
        AgainstTerm(pack, entry.List, entry.Severity, pack.TermFrom == TermStart.Document ? recognisedOn : entry.ProposedOn, entry.ValidTo)
        ?? (pack.TermFrom == TermStart.Document ? AgainstShortTerm(pack, entry.List, entry.Severity, entry.DecidedOn ?? recognisedOn, entry.ValidTo) : null);

    /// <summary>The reason against another last day of an entry in force (I20).</summary>
    public static Refusal? AgainstCorrection(PolicyPack pack, ListEntry entry, DateOnly validTo) =>
        StartOf(pack, entry) is { } start ? AgainstTerm(pack, entry.List, entry.Severity, start, validTo) : null;

    /// <summary>Last day the pack allows an entry of this list and grade; null for red entries, which no term of dishonesty bounds (I20).</summary>
    public static DateOnly? LongestTo(PolicyPack pack, ListKind list, Severity? severity, DateOnly start) =>
        list == ListKind.Red ? null : start.AddMonths(pack.LongestMonthsOf(severity));

    /// <summary>Day on which the term of an entry begins under the pack; null until that day is known.</summary>
    public static DateOnly? StartOf(PolicyPack pack, ListEntry entry) =>
        pack.TermFrom == TermStart.Document ? entry.DecidedOn ?? entry.RecognisedOn : entry.ValidFrom;

    /// <summary>First day on which a repair can be applied for, and with it an early exit; null while the term has not begun (I60).</summary>
    public static DateOnly? RepairFrom(PolicyPack pack, ListEntry entry)
    {
        var ofPack = Math.Max(pack.RepairAfterMonths, pack.TermOf(pack.SeverityOf(entry.List, entry.Severity))?.MinMonths ?? 0);
        var months = Math.Max(ofPack, entry.EarliestExitMonths ?? 0);
        return StartOf(pack, entry)?.AddMonths(months) is { } first && entry.ValidFrom is { } from ? first > from ? first : from : null;
    }

    /// <summary>True when a watch entry follows this exit (R-3.5.5.g, decision D1).</summary>
    public static bool WatchFollows(PolicyPack pack, ListKind list, EntryTrigger on) =>
        list == ListKind.Black && pack.WatchAfterBlack && on != EntryTrigger.FindWrong
        && (on != EntryTrigger.StandardChanged || pack.WatchAfterStandardChange)
        && (on != EntryTrigger.ExitEarly || pack.WatchAfterRepair);

    /// <summary>True when persons are told before they are put on this list (R-3.2.2.d, decision D4).</summary>
    public static bool NoticeFirst(PolicyPack pack, ListKind list) => list switch
    {
        ListKind.Black => pack.NoticeBeforeBlack,
        ListKind.Watch => pack.NoticeBeforeWatch,
        _ => false,
    };

    /// <summary>True when this exit ends the sharing of the entry too (36号令).</summary>
    public static bool EndsSharing(PolicyPack pack, EntryTrigger on) => on == EntryTrigger.ExitEarly && pack.RepairEndsSharing;

    /// <summary>True when an approved repair ends the listing at once; a watch entry always leaves with it (requirements §10.1).</summary>
    public static bool RepairEndsListing(PolicyPack pack, ListKind list) => list == ListKind.Watch || pack.RepairEndsListing;

    /// <summary>True when the measure may be given out for an entry of this list: a punish measure only on a basis of the rank the pack asks for.</summary>
    public static bool Admits(PolicyPack pack, ListKind list, Measure measure) => list switch
    {
        ListKind.Red => true,
        ListKind.Watch when !pack.WatchMeasures => false,
        _ => pack.LowestMeasureBasis is not { } lowest || measure.LegalBases.Any(basis => basis.Level <= lowest),
    };

    /// <summary>The reason against showing a watch entry to the public; null where the pack allows it.</summary>
    public static Refusal? AgainstWatchPublication(PolicyPack pack, bool shown) => shown && !pack.WatchPublication
        ? new("watch-not-public", "现行制度下重点关注名单仅作内部监管分级，不公示。", "Under this framework watch entries are an internal grading and are not published.", Clause.Standard("国办发〔2020〕49号"))
        : null;

    private static Refusal? AgainstTerm(PolicyPack pack, ListKind list, Severity? severity, DateOnly start, DateOnly validTo) =>
        LongestTo(pack, list, severity, start) is { } last && validTo > last
            ? new(
                "term-too-long",
                $"有效期不得超过{last:yyyy-MM-dd}(自{start:yyyy-MM-dd}起{pack.LongestMonthsOf(severity)}个月)。",
                $"The term ends on {last:yyyy-MM-dd} at the latest: {pack.LongestMonthsOf(severity)} months from {start:yyyy-MM-dd}.",
                Clause.Standard("I20"),
                "validTo")
            : null;

    // A repair waits for the shortest term of the grade: one that ends before could never be repaired.
    private static Refusal? AgainstShortTerm(PolicyPack pack, ListKind list, Severity? severity, DateOnly start, DateOnly validTo) =>
        list != ListKind.Red && pack.TermOf(severity) is { MinMonths: > 0 and var months } && validTo < start.AddMonths(months)
            ? new(
                "term-too-short",
                $"有效期至少到{start.AddMonths(months):yyyy-MM-dd}(自{start:yyyy-MM-dd}起{months}个月)，否则无法修复。",
                $"The term ends on {start.AddMonths(months):yyyy-MM-dd} at the earliest: {months} months from {start:yyyy-MM-dd}; a shorter one could never be repaired.",
                Clause.R("3.5.4.a"),
                "validTo")
            : null;
}

/// <summary>What the rules of a pack look at.</summary>
/// <param name="List">The list.</param>
/// <param name="Level">Level of the standard.</param>
/// <param name="Severity">Grade of the conduct.</param>
/// <param name="Start">Day on which its term begins.</param>
/// <param name="ValidTo">Last day of the term.</param>
internal readonly record struct EntryParticulars(ListKind List, StandardLevel Level, Severity? Severity, DateOnly Start, DateOnly ValidTo);
