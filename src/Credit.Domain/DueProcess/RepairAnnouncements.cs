using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>The subject of an entry applied for credit repair.</summary>
[WireName("repair.applied.v1")]
public sealed record RepairApplied(Guid RepairId, Guid EntryId, Guid SubjectId, string Handler, DateOnly Due);

/// <summary>A credit repair moved.</summary>
[WireName("repair.moved.v1")]
public sealed record RepairMoved(Guid RepairId, Guid EntryId, Guid SubjectId, RepairState To);

/// <summary>The calendar changed, and with it the recogniser's last day to act on a repair.</summary>
[WireName("repair.due-moved.v1")]
public sealed record RepairDueMoved(Guid RepairId, Guid EntryId, Guid SubjectId, DateOnly Due);
