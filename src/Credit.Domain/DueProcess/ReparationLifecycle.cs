using Credit.Domain.Policy;
using static Credit.Domain.DueProcess.ReparationState;
using static Credit.Domain.DueProcess.ReparationTrigger;

namespace Credit.Domain.DueProcess;

/// <summary>Where the reparation of a wrong punish entry stands (R-3.5.7.d).</summary>
public enum ReparationState
{
    /// <summary>The entry was found wrong; nothing is said yet.</summary>
    Owed,

    /// <summary>A correction statement is drafted.</summary>
    Drafted,

    /// <summary>Approved and public; not yet carried on every original channel.</summary>
    Stated,

    /// <summary>Carried on every channel that had shown the entry.</summary>
    Done,
}

/// <summary>What moves a reparation.</summary>
public enum ReparationTrigger
{
    /// <summary>The statement is written, or written anew.</summary>
    Draft,

    /// <summary>A second officer approves the statement.</summary>
    Approve,

    /// <summary>A channel carries the statement.</summary>
    Correct,

    /// <summary>The last channel carries it, or there was none.</summary>
    Finish,
}

/// <summary>The life of a reparation.</summary>
public static class ReparationLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<ReparationState, ReparationTrigger> Table = new("Reparation", Owed,
        (Owed, Draft, Drafted, "R-3.5.7.d"),
        (Drafted, Draft, Drafted, "R-3.5.7.d"),
        (Drafted, Approve, Stated, "R-3.5.7.d"),
        (Stated, Correct, Stated, "R-3.5.7.d"),
        (Stated, Finish, Done, "R-3.5.7.d"));
}
