using Credit.Core.Register;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Core.Oversight;

/// <summary>What somebody has to look at.</summary>
internal enum InboxKind
{
    /// <summary>An exit was reported to the lead office (R-3.5.6.d, I47).</summary>
    ExitReported,

    /// <summary>A recognition was reported to the lead office and the superior (R-3.2.4.b).</summary>
    RecognitionReported,

    /// <summary>A wrong black entry must be made good (R-3.5.7.d).</summary>
    Reparation,

    /// <summary>Benefits of a wrong red entry must be recovered (R-3.5.7.e).</summary>
    RecoverBenefits,

    /// <summary>An entry the department had received was wrong and is corrected (R-3.5.7.d).</summary>
    Correction,

    /// <summary>An entry may not be published: tell employer or competent authority (R-3.2.4.h).</summary>
    ClosedNotice,

    /// <summary>A deadline passed.</summary>
    DeadlinePassed,

    /// <summary>A lead from an association, bank, medium or citizen (R-3.2.2.b).</summary>
    Lead,

    /// <summary>An objection was filed or concluded.</summary>
    Objection,

    /// <summary>A subject applied for credit repair (R-3.5.4.b).</summary>
    Repair,

    /// <summary>A subject applied for early exit (R-3.5.6.b).</summary>
    EarlyExit,

    /// <summary>A department proposes to amend a rule .</summary>
    RuleAmendment,

    /// <summary>A subject submitted what it put right (R-3.4.2.c).</summary>
    Rectification,

    /// <summary>An interview is due (R-3.4.2.d).</summary>
    Interview,

    /// <summary>A subject answered a notice (R-3.2.2.c).</summary>
    NoticeAnswered,

    /// <summary>An officer asks to see a certificate number (R-3.2.4.f).</summary>
    ReviewTicket,

    /// <summary>A matter was decided without the check before it (R-3.1.6.a).</summary>
    UncheckedMatter,

    /// <summary>A memorandum takes effect, changes or ends, and with it what the department carries out (R-3.5.3.c).</summary>
    MemorandumChanged,

    /// <summary>A report of misconduct came in; who made it is not said (R-3.4.5.a).</summary>
    MisconductReport,

    /// <summary>Progress on a task of the annex was not reported in time (R-4.3.a).</summary>
    ProgressOverdue,

    /// <summary>The department was notified (通报) and has to put its work right (R-4.3.b).</summary>
    DepartmentNotified,

    /// <summary>A notified department says what it put right (R-4.3.b).</summary>
    RectificationSubmitted,

    /// <summary>A message to the city is parked, or the city has been away for long (I96).</summary>
    ExchangeAlarm,

    /// <summary>Another region asks for a reward or a punishment, or answered (R-3.5.2.c).</summary>
    CrossRegion,

    /// <summary>Something one person proposed waits for the decision of a second one (I84).</summary>
    SecondPerson,

    /// <summary>Decisions were found unchecked, or rewards not given (R-3.1.6.a).</summary>
    GapsFound,

    /// <summary>An entry is to be published on a compulsory channel, and that confirmed (R-3.4.3.a).</summary>
    ChannelDuty,

    /// <summary>What follows from a passed deadline fails again and again (I95).</summary>
    DeadlineStuck,
}

/// <summary>One item in a department's inbox.</summary>
internal sealed class InboxItem : ILogged
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Department that is to look at it.</summary>
    public required string Department { get; init; }

    public InboxKind Kind { get; init; }

    /// <summary>What it is about.</summary>
    public Guid AggregateId { get; init; }

    /// <summary>One sentence, no personal data.</summary>
    public required string Text { get; init; }

    public DateOnly CreatedOn { get; init; }

    /// <summary>Instant it was done with, UTC.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Account that did it.</summary>
    public string? DoneBy { get; private set; }

    /// <summary>What was done. The log keeps its hash only: people write names into it.</summary>
    [HashedInLog]
    public string? Outcome { get; private set; }

    /// <summary>Counted up by each change.</summary>
    public int Version { get; set; } = 1;

    /// <inheritdoc/>
    public (object Announcement, Clause Clause) Change => Outcome is ""
        ? (new FollowerAnonymised(Id, nameof(InboxItem), AggregateId), Clause.Standard("I91"))
        : DoneAt is null
        ? (new InboxItemReopened(Id, Department, Kind.ToString(), AggregateId), Clause.Standard("I80"))
        : (new InboxItemDone(Id, Department, Kind.ToString(), AggregateId), Clause.Standard("I80"));

    /// <summary>Says what was done about it; an item already done with is left as it is.</summary>
    public void Complete(string by, string outcome, DateTimeOffset now)
    {
        if (DoneAt is null)
        {
            (DoneAt, DoneBy, Outcome) = (now, by, outcome);
        }
    }

    /// <summary>The retention of what it is about is over: what people wrote is gone (I91).</summary>
    public void Empty() => Outcome = "";

    /// <summary>It is to be looked at anew.</summary>
    public void Reopen() => (DoneAt, DoneBy, Outcome) = (null, null, null);
}
