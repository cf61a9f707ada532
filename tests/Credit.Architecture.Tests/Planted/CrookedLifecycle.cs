using Credit.Domain.Policy;

namespace Credit.Architecture.Tests.Planted;

internal enum CrookedState
{
    Start,
    Trap,
    Round,
    Island,
    End,
}

internal enum CrookedTrigger
{
    Turn,
    TurnTwice,
    Fall,
    Twist,
}

/// <summary>A table with every fault a table can have.</summary>
internal static class CrookedLifecycle
{
    public static readonly Lifecycle<CrookedState, CrookedTrigger> Table = new("Crooked", CrookedState.Start,
        (CrookedState.Start, CrookedTrigger.Turn, CrookedState.End, ""),
        (CrookedState.Start, CrookedTrigger.TurnTwice, CrookedState.Round, "R-9.9.9"),
        (CrookedState.Round, CrookedTrigger.Fall, CrookedState.End, "I22"),
        (CrookedState.Start, CrookedTrigger.Fall, CrookedState.Trap, "I22"),
        (CrookedState.Trap, CrookedTrigger.Fall, CrookedState.Trap, "I22"));
}
