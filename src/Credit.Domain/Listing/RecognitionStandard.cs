using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>
/// An edition of a recognition standard that no module declares, as the lead office registers it (R-3.2.1.a, I14). A later edition takes
/// over on its first day; also one that only says when the standard ends. What is registered is never changed (I93).
/// </summary>
public sealed class RecognitionStandard : Aggregate
{
    private RecognitionStandard()
    {
    }

    /// <summary>Title as entries cite it.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Number of the document it stands in.</summary>
    public string DocumentNumber { get; private init; } = "";

    /// <summary>National or Provincial.</summary>
    public StandardLevel Level { get; private init; }

    /// <summary>Number of the document by which superior authority and provincial government approved it; null on national ones.</summary>
    public string? Approval { get; private init; }

    /// <summary>List it admits to.</summary>
    public ListKind List { get; private init; }

    /// <summary>Domain (领域) it is for; null when the document is for every domain.</summary>
    public string? Domain { get; private init; }

    /// <summary>Edition, counted from 1 per title, level, list and domain; a refused proposal keeps its number.</summary>
    public int Edition { get; private init; }

    /// <summary>First day this edition is in force.</summary>
    public DateOnly FirstDay { get; private init; }

    /// <summary>Last day it is in force, that day included; null when none is set. A later edition ends it on the day before its own first day.</summary>
    public DateOnly? LastDay { get; private init; }

    /// <summary>Longest term of an entry, in months; null when the standard sets none.</summary>
    public int? LongestTermInMonths { get; private init; }

    /// <summary>Account that proposed it.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day of the proposal.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public StandardState State { get; private set; }

    /// <summary>Account that decided; never the one that proposed (I84).</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Why, in writing.</summary>
    public string? Finding { get; private set; }

    /// <summary>Proposes an edition.</summary>
    /// <param name="draft">What the document says.</param>
    /// <param name="earlier">Earlier editions of this title, level, list and domain, in whatever state.</param>
    /// <param name="by">Account.</param>
    /// <param name="today">Today in the district.</param>
    internal static Outcome<RecognitionStandard> Propose(StandardDraft draft, IReadOnlyCollection<RecognitionStandard> earlier, string by, DateOnly today)
    {
        Refusal[] refusals = [.. draft.Check(), .. Overwrites(draft.FirstDay, earlier, today) is { } overwrites ? [overwrites] : Array.Empty<Refusal>()];
        if (earlier.Any(each => each.State == StandardState.Proposed))
        {
            refusals = [.. refusals, new("standard-pending", "该认定标准已有待决定的版本。", "An edition of this standard is still to be decided.", Clause.R("3.2.1.a"))];
        }

        if (refusals.Length > 0)
        {
            return Outcome<RecognitionStandard>.Refused(refusals);
        }

        var standard = new RecognitionStandard
        {
            Title = draft.Title,
            DocumentNumber = draft.DocumentNumber,
            Level = draft.Level,
            Approval = draft.Level == StandardLevel.Provincial ? draft.Approval : null,
            List = draft.List,
            Domain = draft.Domain,
            Edition = earlier.Count + 1,
            FirstDay = draft.FirstDay,
            LastDay = draft.LastDay,
            LongestTermInMonths = draft.LongestTermInMonths,
            ProposedBy = by,
            ProposedOn = today,
        };
        standard.Announce(new StandardMoved(standard.Id, draft.List, draft.Domain, standard.Edition, StandardState.Proposed), Clause.R("3.2.1.a"));
        return standard;
    }

    /// <summary>A second person registers the edition or does not.</summary>
    internal Outcome<RecognitionStandard> Decide(bool register, string finding, IReadOnlyCollection<RecognitionStandard> earlier, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (by == ProposedBy)
        {
            refusals.Add(new("four-eyes", "提议人不得决定自己的提议。", "Who proposed it does not decide it.", Clause.Standard("I84")));
        }

        if (string.IsNullOrWhiteSpace(finding))
        {
            refusals.Add(new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.2.1.a"), "finding"));
        }

        if (register && State == StandardState.Proposed && Overwrites(FirstDay, earlier, today) is { } overwrites)
        {
            refusals.Add(overwrites with { Field = null });
        }

        return refusals.Count > 0
            ? Outcome<RecognitionStandard>.Refused(refusals)
            : RecognitionStandardLifecycle.Table.Fire(State, register ? StandardTrigger.Register : StandardTrigger.Refuse).Then<RecognitionStandard>(move =>
            {
                (State, DecidedBy, DecidedOn, Finding) = (move.To, by, today, finding);
                Announce(new StandardMoved(Id, List, Domain, Edition, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
                return this;
            });
    }

    /// <summary>The edition an entry recognised on this day rests on, or why there is none (I14).</summary>
    /// <param name="editions">Registered editions of the title, level and list, for the entry's domain or for every domain.</param>
    /// <param name="on">Day of recognition.</param>
    internal static Outcome<RecognitionStandard> InForce(IReadOnlyCollection<RecognitionStandard> editions, DateOnly on)
    {
        if (editions.Count == 0)
        {
            return new Refusal(
                "standard-unknown",
                "该认定标准既无模块声明，也未经牵头部门登记。",
                "No module declares this standard for the list, domain and level, and the lead office did not register it.",
                Clause.Standard("I14"),
                "standard");
        }

        // The one made for the domain comes before the one for every domain.
        var latest = editions.Where(each => each.FirstDay <= on).GroupBy(each => each.Domain)
            .Select(same => same.MaxBy(each => each.FirstDay)!).Where(each => each.LastDay is null || on <= each.LastDay).OrderBy(each => each.Domain is null).FirstOrDefault();
        return latest is null
            ? new Refusal("standard-not-in-force", "认定标准在该日不在有效期内。", "The standard is not in force on that day.", Clause.R("3.2.1.a"), "standard")
            : latest;
    }

    // A day that has passed keeps the edition it had.
    private static Refusal? Overwrites(DateOnly firstDay, IEnumerable<RecognitionStandard> earlier, DateOnly today)
    {
        var registered = earlier.Where(each => each.State == StandardState.Registered).ToArray();
        return registered.Length > 0 && (firstDay <= registered.Max(each => each.FirstDay) || firstDay < today)
            ? new("standard-overwrites", "新版本不得改变已生效的版本：起始日须晚于前一版本且不早于今日。", "A later edition begins after the one before it and not before today: what was in force is not overwritten.", Clause.Standard("I93"), "firstDay")
            : null;
    }
}

/// <summary>An edition of a recognition standard was proposed, registered or refused.</summary>
[WireName("recognition-standard.moved.v1")]
public sealed record StandardMoved(Guid StandardId, ListKind List, string? Domain, int Edition, StandardState To);
