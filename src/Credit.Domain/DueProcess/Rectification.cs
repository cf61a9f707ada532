using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Domain.DueProcess;

/// <summary>The recogniser wants something put right by a day.</summary>
[WireName("rectification.required.v1")]
public sealed record RectificationRequired(Guid RectificationId, Guid EntryId, Guid SubjectId, string Recogniser, DateOnly Due);

/// <summary>A rectification moved.</summary>
[WireName("rectification.moved.v1")]
public sealed record RectificationMoved(Guid RectificationId, Guid EntryId, Guid SubjectId, RectificationState To);

/// <summary>The one interview of an entry opened.</summary>
[WireName("interview.opened.v1")]
public sealed record InterviewOpened(Guid RectificationId, Guid EntryId, Guid SubjectId, InterviewKind Kind, DateOnly Due);

/// <summary>The recogniser recorded what came of an interview.</summary>
[WireName("interview.recorded.v1")]
public sealed record InterviewRecorded(Guid RectificationId, Guid EntryId, Guid SubjectId, InterviewKind Kind, InterviewOutcome Outcome, DateOnly HeldOn);

/// <summary>The calendar changed, and with it the last day to hold an interview.</summary>
[WireName("interview.due-moved.v1")]
public sealed record InterviewDueMoved(Guid RectificationId, Guid EntryId, Guid SubjectId, DateOnly Due);

/// <summary>
/// 限期整改 of a black or watch entry, and the 约谈 when its last day passes unmet (R-3.4.2.c–e). What was submitted in time
/// and not decided is not overdue: the department's delay is not the subject's fault. Rejected after the last day, it is.
/// </summary>
public sealed class Rectification : Aggregate
{
    private Rectification()
    {
    }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The subject of the entry.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Department that requires, decides and talks: the recogniser (「谁认定、谁约谈」).</summary>
    public string Recogniser { get; private init; } = "";

    /// <summary>The list of the entry, which decides the kind of interview.</summary>
    public ListKind List { get; private init; }

    /// <summary>What is to be put right.</summary>
    [GoneAfterRetention]
    public string Requirement { get; private init; } = "";

    /// <summary>Day it was required.</summary>
    public DateOnly RequiredOn { get; private init; }

    /// <summary>Last day to submit.</summary>
    public DateOnly Due { get; private init; }

    /// <summary>Where it stands.</summary>
    public RectificationState State { get; private set; }

    /// <summary>What the subject says it put right.</summary>
    [GoneAfterRetention]
    public string? Report { get; private set; }

    /// <summary>Document that shows it.</summary>
    [GoneAfterRetention]
    public string? Evidence { get; private set; }

    /// <summary>Day of the latest submission.</summary>
    public DateOnly? SubmittedOn { get; private set; }

    /// <summary>The recogniser's latest finding.</summary>
    [GoneAfterRetention]
    public string? Finding { get; private set; }

    /// <summary>Day of that finding.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Kind of the interview; null while none was opened.</summary>
    public InterviewKind? Interview { get; private set; }

    /// <summary>Last day to hold it.</summary>
    public DateOnly? InterviewDue { get; private set; }

    /// <summary>What came of it.</summary>
    public InterviewOutcome? Outcome { get; private set; }

    /// <summary>Day of the interview, or of the attempt.</summary>
    public DateOnly? HeldOn { get; private set; }

    /// <summary>What was said, or why it was not held.</summary>
    [GoneAfterRetention]
    public string? Minutes { get; private set; }

    /// <summary>Account that recorded it.</summary>
    public string? RecordedBy { get; private set; }

    /// <summary>The kind of interview that entries of a list lead to.</summary>
    public static InterviewKind KindFor(ListKind list) => list == ListKind.Watch ? InterviewKind.Reminder : InterviewKind.Warning;

    /// <summary>Requires a rectification of an entry in force.</summary>
    internal static Outcome<Rectification> Require(ListEntry entry, string? requirement, DateOnly? due, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (entry.List == ListKind.Red || entry.State != EntryState.Active || !entry.InForce(today))
        {
            refusals.Add(new(
                "nothing-to-rectify",
                "只有生效中的黑名单、重点关注名单条目可以责令限期整改。",
                "Only a black or watch entry in force can be put right.",
                Clause.R("3.4.2.c")));
        }

        if (string.IsNullOrWhiteSpace(requirement))
        {
            refusals.Add(new("requirement-missing", "请写明整改要求。", "State what is to be put right.", Clause.R("3.4.2.c"), "requirement"));
        }

        if (TextLength.Against(requirement, TextLength.Text, "requirement") is { } tooLong)
        {
            refusals.Add(tooLong);
        }

        if (due is null || due <= today || due > entry.ValidTo)
        {
            refusals.Add(new(
                "rectification-due",
                "请给出整改期限：今日之后，且不晚于条目有效期止。",
                "Give the last day: after today, and within the validity of the entry.",
                Clause.R("3.4.2.c"),
                "due"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<Rectification>.Refused(refusals);
        }

        var required = new Rectification
        {
            EntryId = entry.Id,
            SubjectId = entry.SubjectId,
            Recogniser = entry.Recogniser,
            List = entry.List,
            Requirement = requirement!,
            RequiredOn = today,
            Due = due!.Value,
        };
        required.Announce(
            new RectificationRequired(required.Id, entry.Id, entry.SubjectId, entry.Recogniser, required.Due), Clause.R("3.4.2.c"));
        return required;
    }

    /// <summary>The subject says what it put right, to the last day.</summary>
    internal Outcome<Rectification> Submit(string report, string evidence, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (today > Due)
        {
            refusals.Add(new(
                "rectification-over", $"整改期限已于{Due:yyyy-MM-dd}届满。", $"The term ended on {Due:yyyy-MM-dd}.", Clause.R("3.4.2.d")));
        }

        if (string.IsNullOrWhiteSpace(report) || string.IsNullOrWhiteSpace(evidence))
        {
            refusals.Add(new(
                "rectification-evidence",
                "请说明整改情况并附证明材料。",
                "Say what was put right, and name the document that shows it.",
                Clause.R("3.4.2.c"),
                string.IsNullOrWhiteSpace(report) ? "report" : "evidence"));
        }

        if ((TextLength.Against(report, TextLength.Text, "report") ?? TextLength.Against(evidence, TextLength.Text, "evidence")) is { } tooLong)
        {
            refusals.Add(tooLong);
        }

        return refusals.Count > 0
            ? Outcome<Rectification>.Refused(refusals)
            : Fire(RectificationTrigger.Submit, () => (Report, Evidence, SubmittedOn) = (report, evidence, today));
    }

    /// <summary>Found put right. In time or not is a matter of the submission.</summary>
    internal Outcome<Rectification> Accept(string? finding, DateOnly today) =>
        Fire(RectificationTrigger.Accept, () => (Finding, DecidedOn) = (finding, today));

    /// <summary>Found not put right; after the last day it is overdue with that.</summary>
    internal Outcome<Rectification> Reject(string finding, DateOnly today) => string.IsNullOrWhiteSpace(finding)
        ? new Refusal("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.4.2.c"), "finding")
        : Fire(RectificationTrigger.Reject, () => (Finding, DecidedOn) = (finding, today))
            .Then(rejected => today > Due ? rejected.Pass(today) : rejected);

    /// <summary>The last day passed unmet.</summary>
    internal Outcome<Rectification> Pass(DateOnly today) => today <= Due
        ? new Refusal("rectification-not-over", "整改期限未满。", "The term is not over.", Clause.R("3.4.2.d"))
        : Fire(RectificationTrigger.Pass, () => { });

    /// <summary>True when its last day passing leads on: it is still owed, and its entry is in force and not verified. An entry verified may be wrong: its conclusion catches up.</summary>
    internal bool PassesWith(ListEntry entry, DateOnly today) =>
        RectificationLifecycle.Table.Allows(State, RectificationTrigger.Pass) && entry.State == EntryState.Active && entry.InForce(today);

    /// <summary>True unless another rectification of the entry led to its interview: there is one per entry (I63).</summary>
    internal bool LeadsToInterview(IEnumerable<Rectification> ofEntry) => !ofEntry.Any(each => each.Id != Id && each.Interview is not null);

    /// <summary>Opens the interview. One per entry: the caller knows of others.</summary>
    internal Outcome<Rectification> OpenInterview(DateOnly due) => RectificationLifecycle.Table.Fire(State, RectificationTrigger.OpenTalk).Then<Rectification>(move =>
    {
        (State, Interview, InterviewDue) = (move.To, KindFor(List), due);
        Announce(new InterviewOpened(Id, EntryId, SubjectId, KindFor(List), due), Clause.R("3.4.2.d"));
        return this;
    });

    /// <summary>Records the interview, refusals of it included.</summary>
    internal Outcome<Rectification> RecordInterview(
        InterviewKind kind, InterviewOutcome outcome, DateOnly heldOn, string minutes, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (Outcome is not null)
        {
            refusals.Add(new(
                "interview-recorded", "本条目的约谈已有记录，不得重复约谈。", "The one interview of this entry is on record.", Clause.R("3.4.2.d")));
        }

        if (kind != KindFor(List))
        {
            refusals.Add(new(
                "interview-kind",
                List == ListKind.Watch ? "重点关注名单条目只进行提示性约谈。" : "黑名单条目只进行警示性约谈。",
                List == ListKind.Watch ? "A watch entry leads to a reminder interview." : "A black entry leads to a warning interview.",
                Clause.R("3.4.2.d"),
                "kind"));
        }

        if (heldOn > today || heldOn <= Due)
        {
            refusals.Add(new(
                "interview-day", "约谈日期应在整改期满之后、今日之前。", "The interview lies after the overdue term and not after today.", Clause.R("3.4.2.d"), "heldOn"));
        }

        if (string.IsNullOrWhiteSpace(minutes))
        {
            refusals.Add(new("minutes-missing", "请记录约谈情况。", "Record what was said, or why it was not held.", Clause.R("3.4.2.e"), "minutes"));
        }

        if (TextLength.Against(minutes, TextLength.Text, "minutes") is { } tooLong)
        {
            refusals.Add(tooLong);
        }

        return refusals.Count > 0 ? Outcome<Rectification>.Refused(refusals) : RectificationLifecycle.Table.Fire(State, RectificationTrigger.RecordTalk).Then<Rectification>(move =>
        {
            (State, Outcome, HeldOn, Minutes, RecordedBy) = (move.To, outcome, heldOn, minutes, by);
            Announce(new InterviewRecorded(Id, EntryId, SubjectId, kind, outcome, heldOn), Clause.R("3.4.2.e"));
            return this;
        });
    }

    /// <summary>The credit record of the interview: against the subject unless it was held (R-3.4.2.e, I64).</summary>
    internal CreditRecord ToRecord(string catalogueItem, DateOnly today) => CreditRecord.FromStep(
        SubjectId,
        RecordKind.Interview,
        negative: Outcome is not InterviewOutcome.Held,
        catalogueItem,
        Recogniser,
        $"{(Interview == InterviewKind.Reminder ? "提示性约谈" : "警示性约谈")}: {TitleOf(Outcome)}",
        today,
        Id,
        Clause.R("3.4.2.e"));

    /// <summary>The entry left its list: nothing is left to put right.</summary>
    internal Outcome<Rectification> End() => Fire(RectificationTrigger.End, () => { });

    /// <summary>Moves the last day of the interview after the calendar changed (I32).</summary>
    internal void MoveInterviewDue(DateOnly due)
    {
        InterviewDue = due;
        Announce(new InterviewDueMoved(Id, EntryId, SubjectId, due), Clause.Standard("I32"));
    }

    private static string TitleOf(InterviewOutcome? outcome) => outcome switch
    {
        InterviewOutcome.Held => "已约谈",
        InterviewOutcome.Refused => "拒绝约谈",
        InterviewOutcome.NotCooperating => "不配合约谈",
        _ => "无法联系",
    };

    private Outcome<Rectification> Fire(RectificationTrigger on, Action effect) =>
        RectificationLifecycle.Table.Fire(State, on).Then<Rectification>(move =>
        {
            State = move.To;
            effect();
            Announce(new RectificationMoved(Id, EntryId, SubjectId, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
