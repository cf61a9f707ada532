using Credit.Domain.Policy;
using static Credit.Domain.DueProcess.ObjectionState;
using static Credit.Domain.DueProcess.ObjectionTrigger;

namespace Credit.Domain.DueProcess;

/// <summary>Where an objection stands. It has exactly one conclusion (I56).</summary>
public enum ObjectionState
{
    /// <summary>Filed; nothing rests yet (rule 3 of §11).</summary>
    Filed,

    /// <summary>Taken up for verification; measures rest.</summary>
    Accepted,

    /// <summary>Not taken up, with a reason.</summary>
    Dismissed,

    /// <summary>Concluded: the entry is right.</summary>
    Upheld,

    /// <summary>Concluded: particulars corrected.</summary>
    Corrected,

    /// <summary>Concluded: the entry is wrong and revoked.</summary>
    Revoked,
}

/// <summary>What moves an objection.</summary>
public enum ObjectionTrigger
{
    /// <summary>Taken up.</summary>
    Accept,

    /// <summary>Not taken up.</summary>
    Dismiss,

    /// <summary>The entry is upheld.</summary>
    Uphold,

    /// <summary>The entry is corrected.</summary>
    Correct,

    /// <summary>The entry is revoked.</summary>
    Revoke,
}

/// <summary>The life of an objection, complaint or self-found doubt.</summary>
public static class ObjectionLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<ObjectionState, ObjectionTrigger> Table = new("Objection", Filed,
        (Filed, Accept, Accepted, "R-3.5.7.b"),
        (Filed, Dismiss, Dismissed, "R-3.5.7.b"),
        (Accepted, Uphold, Upheld, "R-3.5.7.b"),
        (Accepted, Correct, Corrected, "R-3.5.7.b"),
        (Accepted, Revoke, Revoked, "R-3.5.7.b"));
}
