using Credit.Abstractions;
using Credit.Modules.HumanResources.Feedback;

namespace Credit.Modules.HumanResources.Sets;

/// <summary>A plan of stricter labour inspection.</summary>
public sealed record LabourInspectionRow
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

    /// <summary>The special account for wages is checked too.</summary>
    public bool WageAccountChecked { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Employers put under stricter labour inspection.</summary>
internal sealed class LabourInspections(IFeedbackReports reports) : IEntitySet<LabourInspectionRow>
{
    public static string Name => "LabourInspections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Employers put under stricter labour inspection.";

    public static void Shape(ISetShape<LabourInspectionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Plan, entry => entry.InspectionsPerYear, entry => entry.WageAccountChecked, entry => entry.From)
        .Sort(entry => entry.ReportedAt, entry => entry.From, entry => entry.InspectionsPerYear)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<LabourInspectionRow> Rows() => reports.Of<LabourInspection>().Select(report => new LabourInspectionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Plan = report.Report.Plan,
        InspectionsPerYear = report.Report.InspectionsPerYear,
        WageAccountChecked = report.Report.WageAccountChecked,
        From = report.Report.From,
    });
}
