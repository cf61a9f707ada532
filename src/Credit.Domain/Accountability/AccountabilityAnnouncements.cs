using Credit.Domain.Policy;

namespace Credit.Domain.Accountability;

/// <summary>An office of an organisation was recorded.</summary>
[WireName("officeholder.recorded.v1")]
public sealed record OfficeRecorded(Guid OfficeholderId, Guid OrganisationId, Guid PersonId, Responsibility Office, DateOnly Since, DateOnly? Until);

/// <summary>A second officer confirmed an office of an organisation, or turned it down.</summary>
[WireName("officeholder.decided.v1")]
public sealed record OfficeDecided(Guid OfficeholderId, Guid OrganisationId, Guid PersonId, bool Confirmed);

/// <summary>An office of an organisation ended.</summary>
[WireName("officeholder.left.v1")]
public sealed record OfficeLeft(Guid OfficeholderId, Guid OrganisationId, Guid PersonId, DateOnly Until);

/// <summary>The recogniser named a person responsible for an entry that is not in force yet.</summary>
[WireName("accountability.named.v1")]
public sealed record ResponsibleNamed(Guid ItemId, Guid EntryId, Guid OrganisationId, Responsibility Responsibility);

/// <summary>A person answers for an organisation's entry from this day on.</summary>
[WireName("accountability.started.v1")]
public sealed record AccountabilityStarted(Guid ItemId, Guid EntryId, Guid OrganisationId, Responsibility Responsibility, DateOnly HeldFrom);

/// <summary>A person no longer answers for an organisation's entry; deleted when it never should have.</summary>
[WireName("accountability.ended.v1")]
public sealed record AccountabilityEnded(Guid ItemId, Guid EntryId, Guid OrganisationId, bool Deleted, DateOnly EndedOn);

/// <summary>Somebody read a personal credit file: the person itself, or the holder of an approved review ticket.</summary>
[WireName("personal-file.read.v1")]
public sealed record PersonalFileRead(Guid PersonId, Guid? TicketId);

/// <summary>Somebody read a public servant's integrity file: the person itself when no purpose is named.</summary>
[WireName("public-servant-file.read.v1")]
public sealed record PublicServantFileRead(Guid PersonId, IntegrityPurpose? Purpose, string? CaseNumber);

/// <summary>A person got, or lost, a profession tag. Which one is not said: that of public servants is confidential.</summary>
[WireName("profession-tag.changed.v1")]
public sealed record ProfessionTagChanged(Guid TagId, bool Ended);
