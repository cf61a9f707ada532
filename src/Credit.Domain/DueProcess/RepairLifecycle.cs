using Credit.Domain.Policy;
using static Credit.Domain.DueProcess.RepairState;
using static Credit.Domain.DueProcess.RepairTrigger;

namespace Credit.Domain.DueProcess;

/// <summary>Where a credit repair stands (requirements §10.5), up to the early exit it may lead to.</summary>
public enum RepairState
{
    /// <summary>Applied for by the subject.</summary>
    Submitted,

    /// <summary>Sent back: the subject completes it.</summary>
    Correction,

    /// <summary>Accepted and under review.</summary>
    UnderReview,

    /// <summary>Not approved, with a reason.</summary>
    Refused,

    /// <summary>Approved: the subject may apply for early exit.</summary>
    Approved,

    /// <summary>The subject applied for early exit.</summary>
    ExitRequested,

    /// <summary>The early exit was granted.</summary>
    ExitGranted,

    /// <summary>The entry left its list for another reason first.</summary>
    Lapsed,
}

/// <summary>What moves a credit repair.</summary>
public enum RepairTrigger
{
    /// <summary>Accepted for review.</summary>
    Accept,

    /// <summary>Sent back for completion.</summary>
    SendBack,

    /// <summary>Completed and sent again.</summary>
    Resubmit,

    /// <summary>Approved.</summary>
    Approve,

    /// <summary>Not approved.</summary>
    Refuse,

    /// <summary>The subject applies for early exit.</summary>
    RequestExit,

    /// <summary>The early exit is granted.</summary>
    GrantExit,

    /// <summary>The early exit is denied; the repair stays approved.</summary>
    DenyExit,

    /// <summary>The entry left its list for another reason.</summary>
    Lapse,
}

/// <summary>The life of a credit repair.</summary>
public static class RepairLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<RepairState, RepairTrigger> Table = new("Credit repair", Submitted,
        (Submitted, Accept, UnderReview, "R-3.5.4.b"),
        (Submitted, SendBack, Correction, "R-3.5.4.b"),
        (Correction, Resubmit, Submitted, "R-3.5.4.b"),
        (UnderReview, Approve, Approved, "R-3.5.4.c"),
        (UnderReview, Refuse, Refused, "R-3.5.4.c"),
        (Approved, RequestExit, ExitRequested, "R-3.5.6.b"),
        (ExitRequested, GrantExit, ExitGranted, "R-3.5.6.b"),
        (ExitRequested, DenyExit, Approved, "R-3.5.6.b"),
        (Submitted, Lapse, Lapsed, "R-3.5.6.a"),
        (Correction, Lapse, Lapsed, "R-3.5.6.a"),
        (UnderReview, Lapse, Lapsed, "R-3.5.6.a"),
        (Approved, Lapse, Lapsed, "R-3.5.6.a"),
        (ExitRequested, Lapse, Lapsed, "R-3.5.6.a"));
}
