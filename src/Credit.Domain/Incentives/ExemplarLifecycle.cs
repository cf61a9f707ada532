using Credit.Domain.Policy;
using static Credit.Domain.Incentives.ExemplarState;
using static Credit.Domain.Incentives.ExemplarTrigger;

namespace Credit.Domain.Incentives;

/// <summary>Where an honest exemplar stands.</summary>
public enum ExemplarState
{
    /// <summary>Nominated; internal.</summary>
    Nominated,

    /// <summary>Not suitable, with a reason.</summary>
    Refused,

    /// <summary>Approved by a second person: it counts from now on, and is shown in public soon.</summary>
    Approved,

    /// <summary>Shown in public.</summary>
    Published,

    /// <summary>No exemplar any more.</summary>
    Revoked,
}

/// <summary>What moves an honest exemplar.</summary>
public enum ExemplarTrigger
{
    /// <summary>Approved.</summary>
    Approve,

    /// <summary>Turned down.</summary>
    Refuse,

    /// <summary>Shown in public.</summary>
    Publish,

    /// <summary>The subject got a black or watch entry, or the nominator withdraws it.</summary>
    Revoke,
}

/// <summary>The life of an honest exemplar.</summary>
public static class ExemplarLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<ExemplarState, ExemplarTrigger> Table = new("Honest exemplar", Nominated,
        (Nominated, Approve, Approved, "R-3.3.1.a"),
        (Nominated, Refuse, Refused, "R-3.3.1.a"),
        (Nominated, Revoke, Revoked, "R-3.3.1.a"),
        (Approved, Publish, Published, "R-3.3.1.c"),
        (Approved, Revoke, Revoked, "R-3.3.1.a"),
        (Published, Revoke, Revoked, "R-3.3.1.a"));
}
