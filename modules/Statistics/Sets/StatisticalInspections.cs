using Credit.Abstractions;
using Credit.Modules.Statistics.Feedback;

namespace Credit.Modules.Statistics.Sets;

/// <summary>An inspection of statistics.</summary>
public sealed record StatisticalInspectionRow
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

    /// <summary>Title or number of the inspection plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The survey system (统计调查制度) inspected.</summary>
    public required string Survey { get; init; }

    /// <summary>Reporting periods whose figures were checked against the books.</summary>
    public int PeriodsChecked { get; init; }

    /// <summary>The figures reported differ from the books.</summary>
    public bool FiguresDiffer { get; init; }

    /// <summary>Day of the inspection.</summary>
    public DateOnly InspectedOn { get; init; }
}

/// <summary>Inspections of the statistics of enterprises under joint punishment.</summary>
internal sealed class StatisticalInspections(IFeedbackReports reports) : IEntitySet<StatisticalInspectionRow>
{
    public static string Name => "StatisticalInspections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Inspections of the statistics of enterprises under joint punishment.";

    public static void Shape(ISetShape<StatisticalInspectionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Plan, entry => entry.Survey, entry => entry.PeriodsChecked, entry => entry.FiguresDiffer, entry => entry.InspectedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.PeriodsChecked, entry => entry.InspectedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<StatisticalInspectionRow> Rows() => reports.Of<StatisticalInspection>().Select(report => new StatisticalInspectionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Plan = report.Report.Plan,
        Survey = report.Report.Survey,
        PeriodsChecked = report.Report.PeriodsChecked,
        FiguresDiffer = report.Report.FiguresDiffer,
        InspectedOn = report.Report.InspectedOn,
    });
}
