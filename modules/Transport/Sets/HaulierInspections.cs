using Credit.Abstractions;
using Credit.Modules.Transport.Feedback;

namespace Credit.Modules.Transport.Sets;

/// <summary>A plan of stricter inspection of a haulier or workshop.</summary>
public sealed record HaulierInspectionRow
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

    /// <summary>Vehicles under watch.</summary>
    public int Vehicles { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Hauliers and workshops put under stricter inspection.</summary>
internal sealed class HaulierInspections(IFeedbackReports reports) : IEntitySet<HaulierInspectionRow>
{
    public static string Name => "HaulierInspections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Hauliers and workshops put under stricter inspection.";

    public static void Shape(ISetShape<HaulierInspectionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Plan, entry => entry.InspectionsPerYear, entry => entry.Vehicles, entry => entry.From)
        .Sort(entry => entry.ReportedAt, entry => entry.From, entry => entry.InspectionsPerYear, entry => entry.Vehicles)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<HaulierInspectionRow> Rows() => reports.Of<HaulierInspection>().Select(report => new HaulierInspectionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Plan = report.Report.Plan,
        InspectionsPerYear = report.Report.InspectionsPerYear,
        Vehicles = report.Report.Vehicles,
        From = report.Report.From,
    });
}
