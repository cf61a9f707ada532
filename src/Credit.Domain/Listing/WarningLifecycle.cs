using Credit.Domain.Policy;
using static Credit.Domain.Listing.WarningState;
using static Credit.Domain.Listing.WarningTrigger;

namespace Credit.Domain.Listing;

/// <summary>Where an entry of the warning list stands (requirements §10.2).</summary>
public enum WarningState
{
    /// <summary>Watched in as many key domains as the pack wants.</summary>
    Active,

    /// <summary>Fell below that number: final.</summary>
    Exited,
}

/// <summary>What moves an entry of the warning list. Nobody decides it: it follows from the watch entries.</summary>
public enum WarningTrigger
{
    /// <summary>The watch entries it rests on changed, and there are still enough.</summary>
    Adjust,

    /// <summary>There are no longer enough.</summary>
    FallBelow,
}

/// <summary>The life of an entry of the warning list.</summary>
public static class WarningLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<WarningState, WarningTrigger> Table = new("Warning", Active,
        (Active, Adjust, Active, "R-3.5.5.e"),
        (Active, FallBelow, Exited, "R-3.5.5.e"));
}
