using Credit.Domain.Policy;

namespace Credit.Domain.Records;

/// <summary>A credit record was formed.</summary>
[WireName("credit-record.formed.v1")]
public sealed record RecordFormed(Guid RecordId, Guid SubjectId, RecordKind Kind, bool Negative, string Provider, DateOnly FormedOn);

/// <summary>A credit record was found wrong.</summary>
[WireName("credit-record.annulled.v1")]
public sealed record RecordAnnulled(Guid RecordId, Guid SubjectId, RecordKind Kind, string Provider);
