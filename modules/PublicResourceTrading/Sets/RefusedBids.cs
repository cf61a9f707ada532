using Credit.Abstractions;
using Credit.Modules.PublicResourceTrading.Feedback;

namespace Credit.Modules.PublicResourceTrading.Sets;

/// <summary>A refused bid.</summary>
public sealed record RefusedBidRow
{
    /// <summary>Identity of the report.</summary>
    public Guid Id { get; init; }

    /// <summary>The task it answers.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Measure carried out.</summary>
    public required string MeasureKey { get; init; }

    /// <summary>Key of the reporting department.</summary>
    public required string Department { get; init; }

    /// <summary>Instant of the report, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>Name of the tender project.</summary>
    public required string Project { get; init; }

    /// <summary>Number of the tender document.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Bids refused under a measure of joint punishment.</summary>
internal sealed class RefusedBids(IFeedbackReports reports) : IEntitySet<RefusedBidRow>
{
    public static string Name => "RefusedBids";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bids refused under a measure of joint punishment.";

    public static void Shape(ISetShape<RefusedBidRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.TenderDocument, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.RefusedOn, entry => entry.Project)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<RefusedBidRow> Rows() => reports.Of<RefusedBid>().Select(report => new RefusedBidRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        TenderDocument = report.Report.TenderDocument,
        RefusedOn = report.Report.RefusedOn,
    });
}
