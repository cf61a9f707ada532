using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Listing;

/// <summary>A rule that makes an entry other than it is.</summary>
/// <param name="Kind">What changes, in kebab case, for example <c>publication</c>.</param>
/// <param name="Rule">Name of the value of the pack.</param>
/// <param name="Clause">Its clause.</param>
/// <param name="Was">As it is.</param>
/// <param name="Under">As it would be.</param>
public sealed record PolicyDifference(string Kind, string Rule, Clause Clause, string Was, string Under);

/// <summary>An entry held against two packs, or two days: what the second would make of it (architecture §6). Nothing is changed.</summary>
public static class PolicyComparison
{
    /// <summary>Kinds of difference there are.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["refused", "valid-to", "in-force", "publication", "sharing", "measures", "watch-after-exit", "would-not-exist", "repair-from", "repair-ends-listing"];

    private static readonly Clause RepairOrder = Clause.Standard("信用修复管理办法（发改委令36号）");

    /// <summary>Every difference, by kind.</summary>
    /// <param name="entry">The entry, with all it holds.</param>
    /// <param name="was">Pack it was decided under.</param>
    /// <param name="wasOn">Day it is looked at.</param>
    /// <param name="under">The other pack.</param>
    /// <param name="on">The other day.</param>
    public static IReadOnlyList<PolicyDifference> Of(ListEntry entry, PolicyPack was, DateOnly wasOn, PolicyPack under, DateOnly on) =>
    [
        .. Aspects(entry, was, wasOn).Zip(Aspects(entry, under, on))
            .Where(aspect => aspect.First.Value != aspect.Second.Value)
            .Select(aspect => new PolicyDifference(aspect.First.Kind, aspect.Second.Rule, aspect.Second.Clause, aspect.First.Value, aspect.Second.Value)),
    ];

    private static IEnumerable<Aspect> Aspects(ListEntry entry, PolicyPack pack, DateOnly day)
    {
        var severity = pack.SeverityOf(entry.List, entry.Severity);
        var start = EntryRules.StartOf(pack, entry) ?? entry.ProposedOn;
        var last = EntryRules.LongestTo(pack, entry.List, severity, start) is { } longest && longest < entry.ValidTo ? longest : entry.ValidTo;
        var inForce = entry.InForce(day) && day <= last;
        var against = RefusalsOf(entry, pack, severity, start).ToArray();
        var first = against.Length > 0 ? against[0] : (Rule: "punishStandardLevels", Clause: Clause.R("3.2.1.a"), Code: "");
        var watch = entry.List == ListKind.Watch;
        return
        [
            new("refused", first.Rule, first.Clause, string.Join(",", against.Select(reason => reason.Code))),
            new("valid-to", pack.SeverityTerms.Count > 0 ? "severityTerms" : "longestPunishMonths", Clause.Standard("I20"), Day(last)),
            new("in-force", "severityTerms", Clause.Standard("I20"), Truth(inForce)),
            new("publication", watch ? "watchPublication" : "severityTerms", Clause.R(watch ? "3.1.4.g" : "3.2.4.d"), Truth(inForce && Shows(entry, pack, severity, day))),
            new("sharing", "repairEndsSharing", RepairOrder, Truth(entry.Shared(day) && !(entry.ExitReason == ExitReason.Repaired && pack.RepairEndsSharing))),
            new("measures", "watchMeasures", Clause.R("3.5.5.b"), Truth(entry.List != ListKind.Red && (!watch || pack.WatchMeasures))),
            new("watch-after-exit", "watchAfterBlack", Clause.R("3.5.5.g"), FollowsAfter(entry, pack)),
            new("would-not-exist", "watchAfterBlack", Clause.R("3.5.5.g"), Truth(entry is { WatchReason: WatchReason.AfterBlack } && !pack.WatchAfterBlack)),
            new("repair-from", pack.SeverityTerms.Count > 0 ? "severityTerms" : "repairAfterMonths", Clause.Standard("I60"), RepairFrom(entry, pack)),
            new("repair-ends-listing", "repairEndsListing", Clause.R("3.5.4.c"), Truth(entry is { Repairable: true, List: not ListKind.Red, State: not (EntryState.Exited or EntryState.Cancelled) } && EntryRules.RepairEndsListing(pack, entry.List))),
        ];
    }

    private static IEnumerable<(string Rule, Clause Clause, string Code)> RefusalsOf(ListEntry entry, PolicyPack pack, Severity? severity, DateOnly start)
    {
        foreach (var refusal in EntryRules.Against(pack, new(entry.List, entry.StandardLevel, severity, start, entry.ValidTo)))
        {
            var rule = refusal.Code switch
            {
                "list-not-admitted" => "lists",
                "local-list-without-law" => "punishStandardLevels",
                _ => pack.SeverityTerms.Count > 0 ? "severityTerms" : "longestPunishMonths",
            };
            yield return (rule, refusal.Clause, refusal.Code);
        }

        if (EntryRules.NoticeFirst(pack, entry.List) && entry is { SubjectKind: SubjectKind.NaturalPerson, NoticedOn: null, NoticeExemption: null }
            && entry.State is not (EntryState.Draft or EntryState.PreObjection))
        {
            yield return (entry.List == ListKind.Black ? "noticeBeforeBlack" : "noticeBeforeWatch", Clause.R("3.2.2.d"), "prior-notice-missing");
        }
    }

    private static bool Shows(ListEntry entry, PolicyPack pack, Severity? severity, DateOnly day) =>
        entry is { Publishable: true, ReviewedBy: not null } && !(day >= entry.PublicationEndedOn)
        && (entry.List == ListKind.Watch ? entry.ChosenForPublication && pack.WatchPublication : pack.Publishes(severity));

    // What has left already has its follower or has none; the question is about what is still to leave.
    private static string FollowsAfter(ListEntry entry, PolicyPack pack) => Truth(
        entry.List == ListKind.Black && entry.State is not (EntryState.Exited or EntryState.Cancelled) && EntryRules.WatchFollows(pack, entry.List, EntryTrigger.Expire));

    private static string RepairFrom(ListEntry entry, PolicyPack pack) =>
        entry is { Repairable: true, List: not ListKind.Red, State: EntryState.Active or EntryState.Verifying } && EntryRules.RepairFrom(pack, entry) is { } first ? Day(first) : "";

    private static string Truth(bool value) => value ? "true" : "false";

    private static string Day(DateOnly day) => $"{day:yyyy-MM-dd}";

    private sealed record Aspect(string Kind, string Rule, Clause Clause, string Value);
}
