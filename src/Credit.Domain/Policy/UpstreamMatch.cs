using static Credit.Domain.Policy.UpstreamMatchState;

namespace Credit.Domain.Policy;

/// <summary>A catalogue above the district's .</summary>
public enum UpstreamLevel
{
    /// <summary>The province's catalogue.</summary>
    Province,

    /// <summary>The city's catalogue.</summary>
    City,
}

/// <summary>Where a match stands.</summary>
public enum UpstreamMatchState
{
    /// <summary>Proposed by the lead office, to be decided by a second person.</summary>
    Proposed,

    /// <summary>In force: the catalogue shows it.</summary>
    InForce,

    /// <summary>Not accepted.</summary>
    Refused,

    /// <summary>A later version is in force.</summary>
    Replaced,
}

/// <summary>What moves a match.</summary>
public enum UpstreamMatchTrigger
{
    /// <summary>A second person accepts it.</summary>
    Accept,

    /// <summary>A second person does not.</summary>
    Refuse,

    /// <summary>A later version came into force.</summary>
    Replace,
}

/// <summary>The life of a match.</summary>
public static class UpstreamMatchLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<UpstreamMatchState, UpstreamMatchTrigger> Table = new("Upstream match", Proposed,
        (Proposed, UpstreamMatchTrigger.Accept, InForce, "R-2.1"),
        (Proposed, UpstreamMatchTrigger.Refuse, Refused, "R-2.1"),
        (InForce, UpstreamMatchTrigger.Replace, Replaced, "R-2.1"));
}

/// <summary>
/// Which item of the province's or the city's catalogue an item of the district's catalogue follows, as the lead office found it in a
/// document it cites. Versions are counted per item and level; an old one stays readable.
/// </summary>
public sealed class UpstreamMatch : Aggregate
{
    private UpstreamMatch()
    {
    }

    /// <summary>Key of the district's item.</summary>
    public string Item { get; private init; } = "";

    /// <summary>Province or city.</summary>
    public UpstreamLevel Level { get; private init; }

    /// <summary>Version, counted from 1 per item and level; a refused proposal keeps its number.</summary>
    public int Number { get; private init; }

    /// <summary>Number of the item in the upper catalogue, as printed.</summary>
    public string ItemNumber { get; private init; } = "";

    /// <summary>Title of the item, as printed.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Document it is printed in: title and number.</summary>
    public string Document { get; private init; } = "";

    /// <summary>Account that proposed it.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day of the proposal.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public UpstreamMatchState State { get; private set; }

    /// <summary>Account that decided; never the one that proposed (I84).</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Reason of the decision.</summary>
    public string? Finding { get; private set; }

    /// <summary>Proposes a match.</summary>
    /// <param name="draft">What the document says.</param>
    /// <param name="number">Version.</param>
    /// <param name="by">Account.</param>
    /// <param name="today">Today in the district.</param>
    internal static Outcome<UpstreamMatch> Propose(UpstreamDraft draft, int number, string by, DateOnly today)
    {
        (string Field, string? Value)[] texts = [("number", draft.Number), ("title", draft.Title), ("document", draft.Document)];
        Refusal[] refusals =
        [
            .. from text in texts
               where string.IsNullOrWhiteSpace(text.Value)
               select new Refusal("upstream-match-incomplete", "请填写上级目录条目的编号、名称和来源文件。", "State number and title of the upper item and the document it is printed in.", Clause.R("2.1"), text.Field),
            .. texts.Select(text => TextLength.Against(text.Value ?? "", TextLength.Name, text.Field)).OfType<Refusal>(),
        ];
        if (refusals.Length > 0)
        {
            return Outcome<UpstreamMatch>.Refused(refusals);
        }

        var match = new UpstreamMatch
        {
            Item = draft.Item,
            Level = draft.Level,
            Number = number,
            ItemNumber = draft.Number,
            Title = draft.Title,
            Document = draft.Document,
            ProposedBy = by,
            ProposedOn = today,
        };
        match.Announce(new UpstreamMatchMoved(match.Id, draft.Item, draft.Level, number, Proposed), Clause.R("2.1"));
        return match;
    }

    /// <summary>A second person accepts the match or does not.</summary>
    internal Outcome<UpstreamMatch> Decide(bool accept, string finding, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (by == ProposedBy)
        {
            refusals.Add(new("four-eyes", "提议人不得决定自己的提议。", "Who proposed it does not decide it.", Clause.Standard("I84")));
        }

        if (string.IsNullOrWhiteSpace(finding))
        {
            refusals.Add(new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("2.1"), "finding"));
        }

        return refusals.Count > 0
            ? Outcome<UpstreamMatch>.Refused([.. refusals])
            : Fire(accept ? UpstreamMatchTrigger.Accept : UpstreamMatchTrigger.Refuse, () => (DecidedBy, DecidedOn, Finding) = (by, today, finding));
    }

    /// <summary>A later version came into force.</summary>
    internal Outcome<UpstreamMatch> Replace() => Fire(UpstreamMatchTrigger.Replace, () => { });

    private Outcome<UpstreamMatch> Fire(UpstreamMatchTrigger on, Action effect) => UpstreamMatchLifecycle.Table.Fire(State, on).Then<UpstreamMatch>(move =>
    {
        State = move.To;
        effect();
        Announce(new UpstreamMatchMoved(Id, Item, Level, Number, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
        return this;
    });
}

/// <summary>A match as the lead office states it.</summary>
/// <param name="Item">Key of the district's item.</param>
/// <param name="Level">Province or city.</param>
/// <param name="Number">Number of the upper item, as printed.</param>
/// <param name="Title">Its title, as printed.</param>
/// <param name="Document">Document it is printed in.</param>
public sealed record UpstreamDraft(string Item, UpstreamLevel Level, string Number, string Title, string Document);

/// <summary>A match with the province's or the city's catalogue was proposed, accepted, refused or replaced.</summary>
[WireName("upstream-match.moved.v1")]
public sealed record UpstreamMatchMoved(Guid MatchId, string Item, UpstreamLevel Level, int Number, UpstreamMatchState To);
