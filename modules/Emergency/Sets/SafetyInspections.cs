using Credit.Abstractions;
using Credit.Modules.Emergency.Feedback;

namespace Credit.Modules.Emergency.Sets;

/// <summary>A plan of more frequent inspection of work safety.</summary>
public sealed record SafetyInspectionRow
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

    /// <summary>Of these without announcement.</summary>
    public int UnannouncedPerYear { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Subjects inspected for work safety more often.</summary>
internal sealed class SafetyInspections(IFeedbackReports reports) : IEntitySet<SafetyInspectionRow>
{
    public static string Name => "SafetyInspections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Subjects inspected for work safety more often.";

    public static void Shape(ISetShape<SafetyInspectionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Plan, entry => entry.InspectionsPerYear, entry => entry.UnannouncedPerYear, entry => entry.From)
        .Sort(entry => entry.ReportedAt, entry => entry.From, entry => entry.InspectionsPerYear, entry => entry.UnannouncedPerYear)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<SafetyInspectionRow> Rows() => reports.Of<SafetyInspection>().Select(report => new SafetyInspectionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Plan = report.Report.Plan,
        InspectionsPerYear = report.Report.InspectionsPerYear,
        UnannouncedPerYear = report.Report.UnannouncedPerYear,
        From = report.Report.From,
    });
}
