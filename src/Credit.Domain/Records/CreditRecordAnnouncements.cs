using Credit.Domain.Policy;

namespace Credit.Domain.Records;

/// <summary>A credit record was formed.</summary>
[WireName("credit-record.formed.v1")]
public sealed record RecordFormed(Guid RecordId, Guid SubjectId, RecordKind Kind, bool Negative, string Provider, DateOnly FormedOn);

/// <summary>A credit record was found wrong.</summary>
[WireName("credit-record.annulled.v1")]
public sealed record RecordAnnulled(Guid RecordId, Guid SubjectId, RecordKind Kind, string Provider);

/// <summary>A later version of a credit record took its place; the old one stays (I86).</summary>
/// <param name="RecordId">The version before.</param>
/// <param name="NextId">The version in force.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="Provider">Who provides it.</param>
[WireName("credit-record.corrected.v1")]
public sealed record RecordCorrected(Guid RecordId, Guid NextId, Guid SubjectId, string Provider);

/// <summary>The retention of a record is over: it only counts from now on (I91).</summary>
[WireName("credit-record.anonymised.v1")]
public sealed record RecordAnonymised(Guid RecordId, RecordKind Kind, string Provider);

/// <summary>A second officer agreed that a credit record is shown to the public.</summary>
[WireName("credit-record.published.v1")]
public sealed record RecordPublished(Guid RecordId, Guid SubjectId, string Provider, DateOnly PublicUntil);
