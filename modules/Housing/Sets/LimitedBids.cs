using Credit.Abstractions;
using Credit.Modules.Housing.Feedback;

namespace Credit.Modules.Housing.Sets;

/// <summary>A limited bid.</summary>
public sealed record LimitedBidRow
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

    /// <summary>Name of the construction project.</summary>
    public required string Project { get; init; }

    /// <summary>Section of the project (标段).</summary>
    public required string Section { get; init; }

    /// <summary>Number of the tender document whose clause limits it.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly LimitedOn { get; init; }
}

/// <summary>Bids in construction projects limited under a measure of joint punishment.</summary>
internal sealed class LimitedBids(IFeedbackReports reports) : IEntitySet<LimitedBidRow>
{
    public static string Name => "LimitedBids";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bids in construction projects limited under a measure of joint punishment.";

    public static void Shape(ISetShape<LimitedBidRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.Section, entry => entry.TenderDocument, entry => entry.LimitedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.LimitedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<LimitedBidRow> Rows() => reports.Of<LimitedBid>().Select(report => new LimitedBidRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        Section = report.Report.Section,
        TenderDocument = report.Report.TenderDocument,
        LimitedOn = report.Report.LimitedOn,
    });
}
