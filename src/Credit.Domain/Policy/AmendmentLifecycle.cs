using static Credit.Domain.Policy.AmendmentState;
using static Credit.Domain.Policy.AmendmentTrigger;

namespace Credit.Domain.Policy;

/// <summary>Where a proposed amendment of a rule stands.</summary>
public enum AmendmentState
{
    /// <summary>Proposed by a department.</summary>
    Proposed,

    /// <summary>Adopted and attached to the pack.</summary>
    Adopted,

    /// <summary>Not adopted, with a reason.</summary>
    Rejected,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>What moves an amendment.</summary>
public enum AmendmentTrigger
{
    /// <summary>The lead office adopts it.</summary>
    Adopt,

    /// <summary>The lead office does not.</summary>
    Reject,

    /// <summary>The department takes it back.</summary>
    Withdraw,
}

/// <summary>The life of a proposed amendment.</summary>
public static class AmendmentLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<AmendmentState, AmendmentTrigger> Table = new("Rule amendment", Proposed,
        (Proposed, Adopt, Adopted, "R-3.6.1"),
        (Proposed, Reject, Rejected, "R-3.6.1"),
        (Proposed, Withdraw, Withdrawn, "R-3.6.1"));
}
