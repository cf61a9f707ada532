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

/// <summary>What follows from an entry (task, objection, notice …) was emptied with it (I91).</summary>
/// <param name="Id">Which one.</param>
/// <param name="Kind">What it is.</param>
/// <param name="EntryId">The entry.</param>
[WireName("follower.anonymised.v1")]
public sealed record FollowerAnonymised(Guid Id, string Kind, Guid EntryId);

/// <summary>What was emptied was emptied in the log too: the chain holds by the hashes, and this is the hash of what is left (I91).</summary>
/// <param name="Id">Whose changes.</param>
/// <param name="Remaining">SHA-256 of what is left of them, in hex.</param>
[WireName("register.redacted.v1")]
public sealed record RegisterRedacted(Guid Id, string Remaining);
