using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>A cross-region request was sent, or received.</summary>
[WireName("cross-region-request.sent.v1")]
public sealed record CrossRegionRequestSent(Guid RequestId, Guid? EntryId, CrossRegionDirection Direction, CrossRegionKind Kind, string Region, Guid? ExemplarId);

/// <summary>The lead office assigned an incoming request to a department.</summary>
[WireName("cross-region-request.assigned.v1")]
public sealed record CrossRegionRequestAssigned(Guid RequestId, string Department);

/// <summary>A cross-region request was answered.</summary>
[WireName("cross-region-request.moved.v1")]
public sealed record CrossRegionRequestMoved(Guid RequestId, Guid? EntryId, CrossRegionDirection Direction, CrossRegionState To);
