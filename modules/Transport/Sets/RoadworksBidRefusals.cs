using Credit.Abstractions;
using Credit.Modules.Transport.Feedback;

namespace Credit.Modules.Transport.Sets;

/// <summary>A refused bid for road or waterway works.</summary>
public sealed record RoadworksBidRefusedRow
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

    /// <summary>Name of the project.</summary>
    public required string Project { get; init; }

    /// <summary>Section bid for.</summary>
    public required string Section { get; init; }

    /// <summary>Number of the tender document.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Bids for road and waterway works that were refused.</summary>
internal sealed class RoadworksBidRefusals(IFeedbackReports reports) : IEntitySet<RoadworksBidRefusedRow>
{
    public static string Name => "RoadworksBidRefusals";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bids for road and waterway works that were refused.";

    public static void Shape(ISetShape<RoadworksBidRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.Section, entry => entry.TenderDocument, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.RefusedOn, entry => entry.Project)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<RoadworksBidRefusedRow> Rows() => reports.Of<RoadworksBidRefused>().Select(report => new RoadworksBidRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        Section = report.Report.Section,
        TenderDocument = report.Report.TenderDocument,
        RefusedOn = report.Report.RefusedOn,
    });
}
