using Credit.Domain.Checks;
using Credit.Domain.Policy;

namespace Credit.Domain.Sharing;

/// <summary>Who asked for a credit report.</summary>
public enum ReportRequester
{
    /// <summary>The subject, about itself.</summary>
    Subject,

    /// <summary>A department.</summary>
    Department,

    /// <summary>A partner.</summary>
    Partner,
}

/// <summary>信用报告: what the register held about a subject at a moment, kept as it was issued (R-3.1.5.c).</summary>
public sealed class CreditReport : Aggregate
{
    private CreditReport()
    {
    }

    /// <summary>Report number.</summary>
    public string Number { get; private init; } = "";

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Who asked for it.</summary>
    public ReportRequester Requester { get; private init; }

    /// <summary>Account that asked.</summary>
    public string RequestedBy { get; private init; } = "";

    /// <summary>Department or partner that asked; null for the subject itself.</summary>
    public string? RequestedFor { get; private init; }

    /// <summary>What it is for.</summary>
    public QueryPurpose Purpose { get; private init; }

    /// <summary>Authorisation it rests on; null where none is needed.</summary>
    public Guid? AuthorisationId { get; private init; }

    /// <summary>Instant of issue, UTC.</summary>
    public DateTimeOffset IssuedAt { get; private init; }

    /// <summary>Day whose state it shows.</summary>
    public DateOnly AsOf { get; private init; }

    /// <summary>Position of the register log up to which everything is in it.</summary>
    public long Position { get; private init; }

    /// <summary>Last day it can be relied on.</summary>
    public DateOnly ExpiresOn { get; private init; }

    /// <summary>The document as issued, UTF-8 JSON.</summary>
    public byte[] Content { get; private init; } = [];

    /// <summary>Issues a report.</summary>
    internal static CreditReport Issue(
        string number, Guid subjectId, ReportRequester requester, string requestedBy, string? requestedFor, QueryPurpose purpose, Guid? authorisationId,
        DateTimeOffset issuedAt, long position, DateOnly expiresOn, byte[] content)
    {
        var report = new CreditReport
        {
            Number = number,
            SubjectId = subjectId,
            Requester = requester,
            RequestedBy = requestedBy,
            RequestedFor = requestedFor,
            Purpose = purpose,
            AuthorisationId = authorisationId,
            IssuedAt = issuedAt,
            AsOf = CivilClock.Day(issuedAt),
            Position = position,
            ExpiresOn = expiresOn,
            Content = content,
        };
        report.Announce(new CreditReportIssued(report.Id, subjectId, requester, purpose, position), Clause.R("3.1.5.c"));
        return report;
    }
}

/// <summary>A credit report was issued.</summary>
[WireName("credit-report.issued.v1")]
public sealed record CreditReportIssued(Guid ReportId, Guid SubjectId, ReportRequester Requester, QueryPurpose Purpose, long Position);
