using Credit.Abstractions;
using Credit.Modules.MarketSupervision.Feedback;

namespace Credit.Modules.MarketSupervision.Sets;

/// <summary>Benefits in patent matters taken away under a measure of joint punishment: one report.</summary>
public sealed record PatentBenefitCancelledRow
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

    /// <summary>The benefit.</summary>
    public required string Benefit { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Benefits in patent matters taken away under a measure of joint punishment.</summary>
internal sealed class CancelledPatentBenefits(IFeedbackReports reports) : IEntitySet<PatentBenefitCancelledRow>
{
    public static string Name => "CancelledPatentBenefits";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Benefits in patent matters taken away under a measure of joint punishment.";

    public static void Shape(ISetShape<PatentBenefitCancelledRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Benefit, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Benefit, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<PatentBenefitCancelledRow> Rows() => reports.Of<PatentBenefitCancelled>().Select(report => new PatentBenefitCancelledRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Benefit = report.Report.Benefit,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
