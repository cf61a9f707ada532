using Credit.Domain.Policy;
using static Credit.Domain.Accountability.AccountabilityState;
using static Credit.Domain.Accountability.AccountabilityTrigger;

namespace Credit.Domain.Accountability;

/// <summary>Where an accountability item stands.</summary>
public enum AccountabilityState
{
    /// <summary>Named responsible; the entry is not in force yet.</summary>
    Named,

    /// <summary>In the personal credit file.</summary>
    InForce,

    /// <summary>Ended with the unit's exit.</summary>
    Ended,

    /// <summary>Deleted from the personal credit file; shown to nobody.</summary>
    Deleted,
}

/// <summary>What moves an accountability item.</summary>
public enum AccountabilityTrigger
{
    /// <summary>The entry came into force.</summary>
    Start,

    /// <summary>The unit left the list.</summary>
    End,

    /// <summary>The unit was listed by mistake, never came to be listed, or the person was not in office.</summary>
    Delete,
}

/// <summary>The life of an accountability item.</summary>
public static class AccountabilityLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<AccountabilityState, AccountabilityTrigger> Table = new("Accountability item", Named,
        (Named, Start, InForce, "R-3.4.6.a"),
        (Named, Delete, Deleted, "R-3.4.6.a"),
        (InForce, End, Ended, "R-3.4.6.c"),
        (InForce, Delete, Deleted, "R-3.4.6.b"));
}
