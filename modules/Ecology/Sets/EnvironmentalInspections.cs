using Credit.Abstractions;
using Credit.Modules.Ecology.Feedback;

namespace Credit.Modules.Ecology.Sets;

/// <summary>A plan of stricter environmental inspection.</summary>
public sealed record EnvironmentalInspectionRow
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

    /// <summary>Title or number of the plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Inspections on site a year.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>Automatic monitoring is connected.</summary>
    public bool OnlineMonitoring { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Subjects put under stricter environmental inspection.</summary>
internal sealed class EnvironmentalInspections(IFeedbackReports reports) : IEntitySet<EnvironmentalInspectionRow>
{
    public static string Name => "EnvironmentalInspections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Subjects put under stricter environmental inspection.";

    public static void Shape(ISetShape<EnvironmentalInspectionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Plan, entry => entry.InspectionsPerYear, entry => entry.OnlineMonitoring, entry => entry.From)
        .Sort(entry => entry.ReportedAt, entry => entry.From, entry => entry.InspectionsPerYear)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<EnvironmentalInspectionRow> Rows() => reports.Of<EnvironmentalInspection>().Select(report => new EnvironmentalInspectionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Plan = report.Report.Plan,
        InspectionsPerYear = report.Report.InspectionsPerYear,
        OnlineMonitoring = report.Report.OnlineMonitoring,
        From = report.Report.From,
    });
}
