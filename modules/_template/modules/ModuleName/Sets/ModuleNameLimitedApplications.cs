using Credit.Abstractions;
using Credit.Modules.ModuleName.Feedback;

namespace Credit.Modules.ModuleName.Sets;

/// <summary>An application that was refused, or granted with less.</summary>
public sealed record ModuleNameLimitedApplicationRow
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

    /// <summary>What was applied for.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>What was decided: 不予同意 or 核减后同意.</summary>
    public required string Outcome { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Applications in 领域名称 that were refused, or granted with less.</summary>
internal sealed class ModuleNameLimitedApplications(IFeedbackReports reports) : IEntitySet<ModuleNameLimitedApplicationRow>
{
    public static string Name => "ModuleNameLimitedApplications";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Applications to the department of the module module-key that were refused, or granted with less.";

    public static void Shape(ISetShape<ModuleNameLimitedApplicationRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Matter, entry => entry.Outcome, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId, entry => entry.DecisionNumber)
        .Page(size: 50, max: 200);

    public IQueryable<ModuleNameLimitedApplicationRow> Rows() => reports.Of<ApplicationLimited>().Select(report => new ModuleNameLimitedApplicationRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Matter = report.Report.Matter,
        DecisionNumber = report.Report.DecisionNumber,
        Outcome = report.Report.Outcome,
        DecidedOn = report.Report.DecidedOn,
    });
}
