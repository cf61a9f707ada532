using Credit.Abstractions;
using Credit.Modules.Housing.Feedback;

namespace Credit.Modules.Housing.Sets;

/// <summary>A refused or taken work safety licence.</summary>
public sealed record LimitedSafetyLicenceRow
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

    /// <summary>不予颁发, 不予延期, 暂扣 or 吊销.</summary>
    public required string Decision { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Work safety licences of construction enterprises refused or taken.</summary>
internal sealed class LimitedSafetyLicences(IFeedbackReports reports) : IEntitySet<LimitedSafetyLicenceRow>
{
    public static string Name => "LimitedSafetyLicences";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Work safety licences of construction enterprises refused or taken.";

    public static void Shape(ISetShape<LimitedSafetyLicenceRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Decision, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<LimitedSafetyLicenceRow> Rows() => reports.Of<SafetyLicenceLimited>().Select(report => new LimitedSafetyLicenceRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Decision = report.Report.Decision,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
