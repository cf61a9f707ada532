using Credit.Domain.Policy;
using static Credit.Domain.Enforcement.RevisionState;
using static Credit.Domain.Enforcement.RevisionTrigger;

namespace Credit.Domain.Enforcement;

/// <summary>Where a revision of the list of measures stands (R-3.5.3.c).</summary>
public enum RevisionState
{
    /// <summary>Drawn up.</summary>
    Draft,

    /// <summary>Sent to the second person.</summary>
    Submitted,

    /// <summary>Approved: it counts from its first day on.</summary>
    InForce,

    /// <summary>Followed by a later revision; it counted to its last day.</summary>
    Retired,

    /// <summary>Not approved.</summary>
    Rejected,
}

/// <summary>What moves a revision of the list of measures.</summary>
public enum RevisionTrigger
{
    /// <summary>Sent to the second person.</summary>
    Submit,

    /// <summary>Approved.</summary>
    Approve,

    /// <summary>Not approved.</summary>
    Reject,

    /// <summary>A later revision was approved.</summary>
    Retire,
}

/// <summary>The life of a revision of the list of measures.</summary>
public static class MemorandumLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<RevisionState, RevisionTrigger> Table = new("Memorandum", Draft,
        (Draft, Submit, Submitted, "R-3.5.3.a"),
        (Submitted, Approve, InForce, "R-3.5.3.c"),
        (Submitted, Reject, Rejected, "R-3.5.3.c"),
        (InForce, Retire, Retired, "R-3.5.3.c"));
}
