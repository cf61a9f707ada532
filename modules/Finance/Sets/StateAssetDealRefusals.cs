using Credit.Abstractions;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Finance.Sets;

/// <summary>A deal in state-owned assets that the subject was kept out of.</summary>
public sealed record StateAssetDealRefusedRow
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

    /// <summary>Name of the project.</summary>
    public required string Project { get; init; }

    /// <summary>What was dealt in.</summary>
    public required string Deal { get; init; }

    /// <summary>What was decided.</summary>
    public required string Outcome { get; init; }

    /// <summary>Number of the reply or decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Deals in state-owned assets that subjects were kept out of under a measure of joint punishment.</summary>
internal sealed class StateAssetDealRefusals(IFeedbackReports reports) : IEntitySet<StateAssetDealRefusedRow>
{
    public static string Name => "StateAssetDealRefusals";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Deals in state-owned assets that subjects were kept out of under a measure of joint punishment.";

    public static void Shape(ISetShape<StateAssetDealRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.Deal, entry => entry.Outcome, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.Deal)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<StateAssetDealRefusedRow> Rows() => reports.Of<StateAssetDealRefused>().Select(report => new StateAssetDealRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        Deal = report.Report.Deal,
        Outcome = report.Report.Outcome,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
