using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>A restriction of exit.</summary>
public sealed record ExitRestrictionRow
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

    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Number of the decision to restrict exit.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Number of the notice to assist (协助执行通知书).</summary>
    public required string AssistanceNotice { get; init; }

    /// <summary>Day the restriction was put in.</summary>
    public DateOnly RestrictedOn { get; init; }

    /// <summary>Last day it holds, included.</summary>
    public DateOnly Until { get; init; }
}

/// <summary>Restrictions of exit put in on notices of the court; persons are not named.</summary>
internal sealed class ExitRestrictions(IFeedbackReports reports) : IEntitySet<ExitRestrictionRow>
{
    public static string Name => "ExitRestrictions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Restrictions of exit put in on notices of the court; persons are not named.";

    public static void Shape(ISetShape<ExitRestrictionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.CaseNumber, entry => entry.DecisionNumber, entry => entry.AssistanceNotice, entry => entry.RestrictedOn, entry => entry.Until)
        .Sort(entry => entry.ReportedAt, entry => entry.RestrictedOn, entry => entry.Until)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ExitRestrictionRow> Rows() => reports.Of<ExitRestriction>().Select(report => new ExitRestrictionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        CaseNumber = report.Report.CaseNumber,
        DecisionNumber = report.Report.DecisionNumber,
        AssistanceNotice = report.Report.AssistanceNotice,
        RestrictedOn = report.Report.RestrictedOn,
        Until = report.Report.Until,
    });
}
