using Credit.Abstractions;
using Credit.Modules.Housing.Feedback;

namespace Credit.Modules.Housing.Sets;

/// <summary>A limited concession.</summary>
public sealed record LimitedConcessionRow
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

    /// <summary>Name of the concession project.</summary>
    public required string Project { get; init; }

    /// <summary>供水, 供热, 燃气, 污水处理, 垃圾处理, 轨道交通 or 其他市政公用事业.</summary>
    public required string Sector { get; init; }

    /// <summary>不予授予, 不予续期 or 提前终止.</summary>
    public required string Decision { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Concessions of public utilities not granted, not prolonged or ended.</summary>
internal sealed class LimitedConcessions(IFeedbackReports reports) : IEntitySet<LimitedConcessionRow>
{
    public static string Name => "LimitedConcessions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Concessions of public utilities not granted, not prolonged or ended.";

    public static void Shape(ISetShape<LimitedConcessionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.Sector, entry => entry.Decision, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<LimitedConcessionRow> Rows() => reports.Of<ConcessionLimited>().Select(report => new LimitedConcessionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        Sector = report.Report.Sector,
        Decision = report.Report.Decision,
        DecidedOn = report.Report.DecidedOn,
    });
}
