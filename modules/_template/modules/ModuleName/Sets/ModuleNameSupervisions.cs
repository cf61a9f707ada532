using Credit.Abstractions;
using Credit.Modules.ModuleName.Feedback;

namespace Credit.Modules.ModuleName.Sets;

/// <summary>A decision to supervise a subject more closely.</summary>
public sealed record ModuleNameSupervisionRow
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

    /// <summary>Number of the plan or decision.</summary>
    public required string PlanNumber { get; init; }

    /// <summary>Day it was decided.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>Inspections planned a year.</summary>
    public int InspectionsPerYear { get; init; }
}

/// <summary>Subjects under closer supervision in 领域名称.</summary>
internal sealed class ModuleNameSupervisions(IFeedbackReports reports) : IEntitySet<ModuleNameSupervisionRow>
{
    public static string Name => "ModuleNameSupervisions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Decisions of the module module-key to supervise subjects more closely.";

    public static void Shape(ISetShape<ModuleNameSupervisionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.DecidedOn, entry => entry.InspectionsPerYear)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.InspectionsPerYear)
        .Plain(entry => entry.TaskId, entry => entry.PlanNumber)
        .Page(size: 50, max: 200);

    public IQueryable<ModuleNameSupervisionRow> Rows() => reports.Of<CloserSupervision>().Select(report => new ModuleNameSupervisionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        PlanNumber = report.Report.PlanNumber,
        DecidedOn = report.Report.DecidedOn,
        InspectionsPerYear = report.Report.InspectionsPerYear,
    });
}
