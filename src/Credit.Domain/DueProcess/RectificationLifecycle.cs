using Credit.Domain.Policy;
using static Credit.Domain.DueProcess.RectificationState;
using static Credit.Domain.DueProcess.RectificationTrigger;

namespace Credit.Domain.DueProcess;

/// <summary>Where a rectification stands, with the interview it may lead to (requirements §10.4).</summary>
public enum RectificationState
{
    /// <summary>Required by the recogniser, with a last day.</summary>
    Required,

    /// <summary>The subject says what it put right.</summary>
    Submitted,

    /// <summary>Found put right.</summary>
    Accepted,

    /// <summary>Found not put right; the subject may submit again to the last day.</summary>
    Rejected,

    /// <summary>The last day passed unmet.</summary>
    Overdue,

    /// <summary>约谈: the recogniser is to talk with the principal.</summary>
    TalkDue,

    /// <summary>The talk, or the refusal of it, is on record.</summary>
    TalkDone,

    /// <summary>The entry left its list first.</summary>
    Ended,
}

/// <summary>What moves a rectification.</summary>
public enum RectificationTrigger
{
    /// <summary>The subject reports.</summary>
    Submit,

    /// <summary>The recogniser finds it put right.</summary>
    Accept,

    /// <summary>The recogniser finds it not put right.</summary>
    Reject,

    /// <summary>The last day passes.</summary>
    Pass,

    /// <summary>The one interview of the entry opens.</summary>
    OpenTalk,

    /// <summary>The recogniser records what came of it.</summary>
    RecordTalk,

    /// <summary>The entry leaves its list.</summary>
    End,
}

/// <summary>提示性 or 警示性 (R-3.4.2.d).</summary>
public enum InterviewKind
{
    /// <summary>提示性约谈: watch list.</summary>
    Reminder,

    /// <summary>警示性约谈: black list.</summary>
    Warning,
}

/// <summary>What came of an interview (R-3.4.2.e).</summary>
public enum InterviewOutcome
{
    /// <summary>Held.</summary>
    Held,

    /// <summary>Refused by the principal.</summary>
    Refused,

    /// <summary>The principal came and did not cooperate.</summary>
    NotCooperating,

    /// <summary>The principal could not be reached.</summary>
    Unreachable,
}

/// <summary>The life of a rectification and its interview.</summary>
public static class RectificationLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<RectificationState, RectificationTrigger> Table = new("Rectification", Required,
        (Required, Submit, Submitted, "R-3.4.2.c"),
        (Rejected, Submit, Submitted, "R-3.4.2.c"),
        (Submitted, Accept, Accepted, "R-3.4.2.c"),
        (Submitted, Reject, Rejected, "R-3.4.2.c"),
        (Required, Pass, Overdue, "R-3.4.2.d"),
        (Rejected, Pass, Overdue, "R-3.4.2.d"),
        (Overdue, OpenTalk, TalkDue, "R-3.4.2.d"),
        (TalkDue, RecordTalk, TalkDone, "R-3.4.2.e"),
        (Required, End, Ended, "R-3.5.6.a"),
        (Submitted, End, Ended, "R-3.5.6.a"),
        (Rejected, End, Ended, "R-3.5.6.a"),
        (Overdue, End, Ended, "R-3.5.6.a"),
        (TalkDue, End, Ended, "R-3.5.6.a"));
}
