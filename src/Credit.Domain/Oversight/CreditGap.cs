using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Oversight;

/// <summary>What was left undone (「应查必查」「奖惩到位」, R-3.1.6.a).</summary>
public enum GapKind
{
    /// <summary>A licence was granted to a listed subject without the check before it.</summary>
    Licence,

    /// <summary>A listed subject was given an award or contract without the check before it.</summary>
    Award,

    /// <summary>A listed subject was paid public funds without the check before it.</summary>
    Payment,

    /// <summary>A reward or convenience due to a subject on a red list was not given in time.</summary>
    Reward,
}

/// <summary>Why a gap is none, or none any more.</summary>
public enum GapClosure
{
    /// <summary>The department's own check before the decision was owed.</summary>
    CheckFound,

    /// <summary>The entry was wrong: nobody owed anything because of it.</summary>
    EntryWrong,

    /// <summary>The entry was not in force on the day, or was under verification.</summary>
    NotListed,

    /// <summary>The decision was corrected or taken back.</summary>
    DecisionGone,

    /// <summary>The reward was given, late.</summary>
    Given,

    /// <summary>The department declined the reward, or found it not applicable, and said why.</summary>
    Declined,

    /// <summary>The red entry ended, and the reward with it.</summary>
    NoLongerDue,
}

/// <summary>A check before a decision, or a reward by a day, that a department owed because of one entry.</summary>
/// <param name="Kind">What it is a gap of when it was not done.</param>
/// <param name="Department">Who owed it.</param>
/// <param name="AboutKey">What identifies the decision or task through its corrections.</param>
/// <param name="AboutId">The licence, the matter or the measure task.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="List">List of the entry.</param>
/// <param name="Domain">Domain of the entry.</param>
/// <param name="On">Day of the decision, or last day to give the reward.</param>
/// <param name="Bound">The department carries out a measure because of the entry.</param>
internal sealed record OwedDuty(
    GapKind Kind, string Department, Guid AboutKey, Guid AboutId, Guid EntryId, Guid SubjectId, ListKind List, string Domain, DateOnly On, bool Bound);

/// <summary>
/// 应查未查, 应奖未奖: a decision about a listed subject without a check of the department's own before it, or a reward that was due and not
/// given (R-3.1.6.a, R-3.5.2.b). It follows from the register; what goes away again is closed with its reason, never removed.
/// </summary>
public sealed class CreditGap : Aggregate
{
    private static readonly Clause Rule = Clause.R("3.1.6.a");

    private CreditGap()
    {
    }

    /// <summary>What it is.</summary>
    public GapKind Kind { get; private init; }

    /// <summary>Department that owed it.</summary>
    public string Department { get; private init; } = "";

    /// <summary>What identifies the decision or task through its corrections.</summary>
    public Guid AboutKey { get; private init; }

    /// <summary>The licence, the matter or the measure task.</summary>
    public Guid AboutId { get; private set; }

    /// <summary>The entry because of which it was owed.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The subject.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>List of the entry.</summary>
    public ListKind List { get; private init; }

    /// <summary>Domain of the entry.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Day of the decision, or last day to give the reward.</summary>
    public DateOnly On { get; private set; }

    /// <summary>The department carries out a measure because of the entry: it not only had to ask, the answer would have bound it.</summary>
    public bool Bound { get; private init; }

    /// <summary>Why it is a gap, by identities only.</summary>
    public string Chinese { get; private set; } = "";

    /// <summary>The same in English.</summary>
    public string English { get; private set; } = "";

    /// <summary>Day it was first owed.</summary>
    public DateOnly FoundOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public GapState State { get; private set; }

    /// <summary>What the department said; null when it said nothing.</summary>
    [GoneAfterRetention]
    public string? Explanation { get; private set; }

    /// <summary>Day it did.</summary>
    public DateOnly? ExplainedOn { get; private set; }

    /// <summary>Account that did.</summary>
    [GoneAfterRetention]
    public string? ExplainedBy { get; private set; }

    /// <summary>Query number of the check that the department proved to have made; null when it named none.</summary>
    public string? ProvedBy { get; private set; }

    /// <summary>Why it is closed; null while it is not.</summary>
    public GapClosure? Closure { get; private set; }

    /// <summary>Day it was closed.</summary>
    public DateOnly? ClosedOn { get; private set; }

    internal static CreditGap Find(OwedDuty owed, DateOnly today)
    {
        var (chinese, english) = Sentences(owed);
        var gap = new CreditGap
        {
            Kind = owed.Kind,
            Department = owed.Department,
            AboutKey = owed.AboutKey,
            AboutId = owed.AboutId,
            EntryId = owed.EntryId,
            SubjectId = owed.SubjectId,
            List = owed.List,
            Domain = owed.Domain,
            On = owed.On,
            Bound = owed.Bound,
            Chinese = chinese,
            English = english,
            FoundOn = today,
        };
        gap.Announce(new GapFound(gap.Id, gap.Kind, gap.Department, gap.EntryId, gap.On), Rule);
        return gap;
    }

    /// <summary>The department says why; with the query number of a check of its own before the decision the gap is none.</summary>
    /// <param name="explanation">What it says.</param>
    /// <param name="provedBy">The number, already found to stand for such a check; null for none.</param>
    /// <param name="by">Account.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<CreditGap> Explain(string explanation, string? provedBy, string by, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(explanation))
        {
            return new Refusal("gap-unexplained", "请说明情况。", "Say how it came to it.", Rule, "explanation");
        }

        if (TextLength.Against(explanation, TextLength.Text, "explanation") is { } tooLong)
        {
            return tooLong;
        }

        var explained = Fire(GapTrigger.Explain, () =>
        {
            (Explanation, ExplainedBy, ExplainedOn) = (explanation.Trim(), by, today);
            Announce(new GapExplained(Id, Department), Rule);
        });
        return provedBy is null ? explained : explained.Then(_ =>
        {
            ProvedBy = provedBy;
            return End(GapTrigger.Prove, GapClosure.CheckFound, today);
        });
    }

    internal Outcome<CreditGap> Close(GapClosure because, DateOnly today) => End(GapTrigger.Close, because, today);

    /// <summary>It is there again; what the department said stays.</summary>
    internal Outcome<CreditGap> Reopen() => Fire(GapTrigger.Reopen, () =>
    {
        (Closure, ClosedOn) = (null, null);
        Announce(new GapReopened(Id, Department), Rule);
    });

    /// <summary>Takes day and identity of the corrected decision on, and says so; where it stands and what the department said stay.</summary>
    internal void Correct(OwedDuty owed)
    {
        var before = On;
        (On, AboutId) = (owed.On, owed.AboutId);
        (Chinese, English) = Sentences(owed);
        Announce(new GapCorrected(Id, Department, AboutId, before, On), Rule);
    }

    private static (string Chinese, string English) Sentences(OwedDuty owed) => owed.Kind == GapKind.Reward
        ? ($"应奖未奖: {owed.Department} 的激励措施任务 {owed.AboutId} 应于{owed.On:yyyy-MM-dd}前落实（红名单条目 {owed.EntryId}），至今无反馈",
            $"Reward not given: {owed.Department} was to carry out incentive task {owed.AboutId} by {owed.On:yyyy-MM-dd} (red entry {owed.EntryId}) and has not reported")
        : ($"应查未查: {owed.Department} 于{owed.On:yyyy-MM-dd}作出{Decision(owed.Kind).Chinese} {owed.AboutId}，主体当日在名单内（{owed.List}，{owed.Domain}，条目 {owed.EntryId}），决定前无本部门的查询",
            $"Not checked: {owed.Department} decided {Decision(owed.Kind).English} {owed.AboutId} on {owed.On:yyyy-MM-dd} while the subject was listed ({owed.List}, {owed.Domain}, entry {owed.EntryId}), and had not asked before");

    private static (string Chinese, string English) Decision(GapKind kind) => kind switch
    {
        GapKind.Licence => ("行政许可", "licence"),
        GapKind.Award => ("交易事项", "award"),
        _ => ("资金事项", "payment"),
    };

    private Outcome<CreditGap> End(GapTrigger on, GapClosure because, DateOnly today) => Fire(on, () =>
    {
        (Closure, ClosedOn) = (because, today);
        Announce(new GapClosed(Id, Department, because), Rule);
    });

    private Outcome<CreditGap> Fire(GapTrigger on, Action effect) => GapLifecycle.Table.Fire(State, on).Then<CreditGap>(move =>
    {
        State = move.To;
        effect();
        return this;
    });
}

/// <summary>A gap was owed.</summary>
[WireName("gap.owed.v1")]
public sealed record GapFound(Guid GapId, GapKind Kind, string Department, Guid EntryId, DateOnly On);

/// <summary>The department explained a gap.</summary>
[WireName("gap.explained.v1")]
public sealed record GapExplained(Guid GapId, string Department);

/// <summary>A gap is none, or none any more.</summary>
[WireName("gap.closed.v1")]
public sealed record GapClosed(Guid GapId, string Department, GapClosure Because);

/// <summary>A gap is there again.</summary>
[WireName("gap.reopened.v1")]
public sealed record GapReopened(Guid GapId, string Department);

/// <summary>The decision a gap is about was corrected: its day or its identity is another.</summary>
[WireName("gap.corrected.v1")]
public sealed record GapCorrected(Guid GapId, string Department, Guid AboutId, DateOnly From, DateOnly To);
