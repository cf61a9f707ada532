using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>A department proposed an entry.</summary>
[WireName("list-entry.proposed.v1")]
public sealed record EntryProposed(Guid EntryId, ListKind List, string Domain, Guid SubjectId, string Recogniser);

/// <summary>The subject was told before recognition.</summary>
[WireName("list-entry.noticed.v1")]
public sealed record EntryNoticed(Guid EntryId, Guid SubjectId, DateOnly DeliveredOn, DateOnly DefenceUntil);

/// <summary>An objection before recognition is open.</summary>
[WireName("list-entry.objected.v1")]
public sealed record EntryObjected(Guid EntryId, Guid SubjectId);

/// <summary>An objection before recognition was found unfounded.</summary>
[WireName("list-entry.objection-rejected.v1")]
public sealed record EntryObjectionRejected(Guid EntryId, Guid SubjectId);

/// <summary>The entry never came to be.</summary>
[WireName("list-entry.cancelled.v1")]
public sealed record EntryCancelled(Guid EntryId, Guid SubjectId, string Reason);

/// <summary>A second officer recognised the entry; the reporting term runs.</summary>
[WireName("list-entry.recognised.v1")]
public sealed record EntryRecognised(Guid EntryId, ListKind List, string Domain, Guid SubjectId, DateOnly RecognisedOn, DateOnly ReportDue);

/// <summary>The entry is reported, in force, and published where it may be.</summary>
[WireName("list-entry.published.v1")]
public sealed record EntryPublished(
    Guid EntryId, ListKind List, string Domain, Guid SubjectId, string Recogniser, DateOnly ValidFrom, DateOnly ValidTo, bool Public);

/// <summary>The entry is under verification; its measures rest.</summary>
[WireName("list-entry.verifying.v1")]
public sealed record EntryUnderVerification(Guid EntryId, Guid SubjectId);

/// <summary>Verification found the entry right, or right once corrected; its measures go on. Whoever mirrors the entry learns its last day, which a correction may move.</summary>
[WireName("list-entry.confirmed.v1")]
public sealed record EntryConfirmed(Guid EntryId, Guid SubjectId, bool Corrected, DateOnly ValidTo);

/// <summary>A watch entry stays beyond its own term while a black entry of its domain waits for its report, or has its own term back.</summary>
[WireName("list-entry.term-carried.v1")]
public sealed record EntryTermCarried(Guid EntryId, Guid SubjectId, DateOnly ValidTo, DateOnly? OwnTermTo);

/// <summary>The entry stands on one more channel, as the recogniser confirmed.</summary>
[WireName("list-entry.shown.v1")]
public sealed record EntryShown(Guid EntryId, Guid SubjectId, PublicationChannel Channel, DateOnly PublishedOn);

/// <summary>The entry left its list.</summary>
[WireName("list-entry.exited.v1")]
public sealed record EntryExited(Guid EntryId, ListKind List, string Domain, Guid SubjectId, string Recogniser, ExitReason Reason, DateOnly ExitedOn);

/// <summary>The exit was announced on one of the original channels; the last one completes it.</summary>
[WireName("list-entry.exit-announced.v1")]
public sealed record ExitAnnounced(Guid EntryId, Guid SubjectId, PublicationChannel Channel, bool Complete);

/// <summary>The department decided that a watch entry is, or is no longer, shown to the public.</summary>
[WireName("list-entry.publication-chosen.v1")]
public sealed record PublicationChosen(Guid EntryId, Guid SubjectId, bool Public, string Reason);

/// <summary>The notice about an entry that may not be published was recorded.</summary>
[WireName("list-entry.closed-notice.v1")]
public sealed record ClosedNoticeRecorded(Guid EntryId, Guid SubjectId, string Addressee);

/// <summary>The calendar changed, and with it the last day to report.</summary>
[WireName("list-entry.report-due-moved.v1")]
public sealed record ReportDueMoved(Guid EntryId, Guid SubjectId, DateOnly ReportDue);

/// <summary>Somebody supplied a lead on an organisation; it is no entry (R-3.2.2.b).</summary>
[WireName("lead.supplied.v1")]
public sealed record LeadSupplied(Guid LeadId, string Department, string SubjectCode);
