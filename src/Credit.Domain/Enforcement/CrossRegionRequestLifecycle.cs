using Credit.Domain.Policy;
using static Credit.Domain.Enforcement.CrossRegionState;
using static Credit.Domain.Enforcement.CrossRegionTrigger;

namespace Credit.Domain.Enforcement;

/// <summary>Where a cross-region request stands.</summary>
public enum CrossRegionState
{
    /// <summary>Sent to the region asked.</summary>
    Sent,

    /// <summary>The region asked will act.</summary>
    Accepted,

    /// <summary>The region asked will not act, with a reason.</summary>
    Refused,

    /// <summary>Carried out, with a result.</summary>
    Done,

    /// <summary>What it rested on ended: the region asked must not act, or stop (R-3.5.6.d).</summary>
    Recalled,
}

/// <summary>What moves a cross-region request.</summary>
public enum CrossRegionTrigger
{
    /// <summary>Accepted.</summary>
    Accept,

    /// <summary>Refused.</summary>
    Refuse,

    /// <summary>The entry or exemplar it rests on ended.</summary>
    Recall,

    /// <summary>Carried out.</summary>
    Finish,
}

/// <summary>The life of a cross-region request, in either direction.</summary>
public static class CrossRegionRequestLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<CrossRegionState, CrossRegionTrigger> Table = new("Cross-region request", Sent,
        (Sent, Accept, Accepted, "R-3.5.2.c"),
        (Sent, Refuse, Refused, "R-3.5.2.c"),
        (Accepted, Finish, Done, "R-3.5.2.c"),
        (Sent, Recall, Recalled, "R-3.5.6.d"),
        (Accepted, Recall, Recalled, "R-3.5.6.d"),
        (Done, Recall, Recalled, "R-3.5.6.d"));
}
