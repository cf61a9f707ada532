using Credit.Abstractions;
using Credit.Modules.MarketSupervision.Feedback;

namespace Credit.Modules.MarketSupervision.Sets;

/// <summary>A plan of stricter inspection.</summary>
public sealed record StricterInspectionRow
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

    /// <summary>Inspections a year.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Subjects put under stricter inspection.</summary>
internal sealed class StricterInspections(IFeedbackReports reports) : IEntitySet<StricterInspectionRow>
{
    public static string Name => "StricterInspections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Subjects put under stricter inspection.";

    public static void Shape(ISetShape<StricterInspectionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Plan, entry => entry.InspectionsPerYear, entry => entry.From)
        .Sort(entry => entry.ReportedAt, entry => entry.From, entry => entry.InspectionsPerYear)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<StricterInspectionRow> Rows() => reports.Of<StricterInspection>().Select(report => new StricterInspectionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Plan = report.Report.Plan,
        InspectionsPerYear = report.Report.InspectionsPerYear,
        From = report.Report.From,
    });
}
