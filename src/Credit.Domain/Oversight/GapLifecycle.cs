using Credit.Domain.Policy;
using static Credit.Domain.Oversight.GapState;
using static Credit.Domain.Oversight.GapTrigger;

namespace Credit.Domain.Oversight;

/// <summary>Where a gap stands.</summary>
public enum GapState
{
    /// <summary>Found; the department has said nothing.</summary>
    Open,

    /// <summary>The department said why.</summary>
    Answered,

    /// <summary>It is none, or none any more, and why is said.</summary>
    Closed,

    /// <summary>The department named its check before the decision: it never was one.</summary>
    Proved,
}

/// <summary>What moves a gap.</summary>
public enum GapTrigger
{
    /// <summary>Explained by the department.</summary>
    Explain,

    /// <summary>No longer there.</summary>
    Close,

    /// <summary>Proved to be none.</summary>
    Prove,

    /// <summary>There again: what closed it was taken back.</summary>
    Reopen,
}

/// <summary>The life of a gap.</summary>
public static class GapLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<GapState, GapTrigger> Table = new("Gap", Open,
        (Open, Explain, Answered, "R-3.1.6.a"),
        (Answered, Explain, Answered, "R-3.1.6.a"),
        (Open, Close, Closed, "R-3.1.6.a"),
        (Answered, Close, Closed, "R-3.1.6.a"),
        (Open, Prove, Proved, "R-3.1.6.a"),
        (Answered, Prove, Proved, "R-3.1.6.a"),
        (Closed, Reopen, Open, "R-3.1.6.a"));
}
