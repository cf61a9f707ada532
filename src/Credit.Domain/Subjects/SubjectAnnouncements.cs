using Credit.Domain.Policy;

namespace Credit.Domain.Subjects;

/// <summary>A subject entered the registry.</summary>
[WireName("subject.registered.v1")]
public sealed record SubjectRegistered(Guid SubjectId, string Kind, string Name, string? Code);

/// <summary>A subject got another unified code.</summary>
[WireName("subject.code-changed.v1")]
public sealed record SubjectCodeChanged(Guid SubjectId, string? OldCode, string NewCode);

/// <summary>The registrar reported other particulars of a subject.</summary>
[WireName("subject.changed.v1")]
public sealed record SubjectChanged(Guid SubjectId, string Name, string? FormerName);

/// <summary>A subject was struck off.</summary>
[WireName("subject.cancelled.v1")]
public sealed record SubjectCancelled(Guid SubjectId, string? Code);
