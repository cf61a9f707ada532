namespace Credit.Abstractions;

/// <summary>One version of the contract and how long modules built for it may run.</summary>
/// <param name="Version">The version, counted from 1.</param>
/// <param name="Since">Day it was published.</param>
/// <param name="AcceptedUntil">Last day a module of this version may run, included; null while it is the current one.</param>
public sealed record ContractLife(int Version, DateOnly Since, DateOnly? AcceptedUntil);

/// <summary>The versions of the contract that a host knows: the current one, and at most one earlier until its last day.</summary>
/// <param name="Current">The version the host speaks.</param>
/// <param name="Previous">The version before it; null while there is none, or none that runs any more.</param>
public sealed record ContractLives(ContractLife Current, ContractLife? Previous)
{
    /// <summary>True when a module built for this version may run on this day.</summary>
    public bool Accepts(int version, DateOnly day) =>
        version == Current.Version || (version == Previous?.Version && day <= Previous.AcceptedUntil);

    /// <summary>Last day a module of this version may run; null when it is the current version, or none the host accepts.</summary>
    public DateOnly? LastDayOf(int version) => version == Previous?.Version ? Previous.AcceptedUntil : null;
}

/// <summary>
/// The contract between host and modules. Within a version it only grows, by members that have a default. What breaks a
/// module makes a new version: the old one then gets a last day at least a year away, and the host runs both until it.
/// </summary>
public static class ModuleContract
{
    /// <summary>The version this host speaks.</summary>
    public const int Version = 1;

    /// <summary>The versions this host accepts. A module of any other stops the start.</summary>
    public static ContractLives Lives { get; } = new(new ContractLife(Version, new DateOnly(2026, 11, 24), AcceptedUntil: null), Previous: null);
}
