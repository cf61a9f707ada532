namespace Credit.Core.Deadlines;

/// <summary>What is due.</summary>
internal enum DeadlineKind
{
    /// <summary>Report of a recognised entry (7 working days, R-3.2.4.c).</summary>
    ReportEntry,

    /// <summary>End of an entry's validity (R-3.5.6.a).</summary>
    EntryExpiry,

    /// <summary>Taking up of an objection.</summary>
    AcceptObjection,

    /// <summary>Conclusion of an objection.</summary>
    ConcludeObjection,

    /// <summary>Feedback on a task.</summary>
    TaskFeedback,

    /// <summary>Confirmation of a stop.</summary>
    ConfirmStop,

    /// <summary>Exit announcement on all channels.</summary>
    AnnounceExit,

    /// <summary>Acceptance of an application for repair, or its return.</summary>
    AcceptRepair,

    /// <summary>Decision on an accepted repair.</summary>
    DecideRepair,

    /// <summary>Decision on an application for early exit.</summary>
    DecideEarlyExit,

    /// <summary>Delivery of the warning to a watched subject (R-3.5.5.d).</summary>
    DeliverWarning,

    /// <summary>Last day of a rectification (R-3.4.2.c).</summary>
    Rectify,

    /// <summary>Holding of the interview after it (R-3.4.2.d).</summary>
    HoldInterview,

    /// <summary>Publication of an approved exemplar (R-3.3.1.c).</summary>
    PublishExemplar,

    /// <summary>Supply of papers that were missing at acceptance (R-3.3.2.c).</summary>
    SupplyPapers,

    /// <summary>Report on a task of the annex for a period (R-4.3.a).</summary>
    ReportProgress,

    /// <summary>A notified department's rectification of its own work (R-4.3.b).</summary>
    DepartmentRectification,

    /// <summary>Correction of a wrong entry on every channel that had shown it.</summary>
    CorrectWrongEntry,

    /// <summary>Recovery of a benefit granted for a wrong red entry.</summary>
    RecoverBenefit,

    /// <summary>Confirmation that an entry stands on a compulsory channel (R-3.4.3.a).</summary>
    ConfirmChannel,
}

/// <summary>How a deadline ended.</summary>
internal enum DeadlineState
{
    /// <summary>Running.</summary>
    Open,

    /// <summary>Done in time, or no longer owed.</summary>
    Met,

    /// <summary>Passed unmet; what follows was announced.</summary>
    Passed,

    /// <summary>Rests with the measure it is about (R-3.5.7.c); what is left of it is in <see cref="Deadline.WorkingDays"/>.</summary>
    Resting,
}

/// <summary>A term that runs: written in the transaction that starts it.</summary>
internal sealed class Deadline
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DeadlineKind Kind { get; init; }

    /// <summary>The aggregate it is about.</summary>
    public Guid AggregateId { get; init; }

    /// <summary>Department that owes; null when nobody does.</summary>
    public string? Department { get; init; }

    /// <summary>Day the term started to run: day 0.</summary>
    public DateOnly StartedOn { get; set; }

    /// <summary>Length in working days; null when the day was given as a date.</summary>
    public int? WorkingDays { get; set; }

    /// <summary>Last day in time.</summary>
    public DateOnly DueOn { get; set; }

    public DeadlineState State { get; set; }

    /// <summary>Instant it was met or passed, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
