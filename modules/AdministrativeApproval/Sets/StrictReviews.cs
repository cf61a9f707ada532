using Credit.Abstractions;
using Credit.Modules.AdministrativeApproval.Feedback;

namespace Credit.Modules.AdministrativeApproval.Sets;

/// <summary>Applications examined strictly under a measure of joint punishment: one report.</summary>
public sealed record StrictReviewRow
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

    /// <summary>The licence or project applied for.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the application.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Applications examined strictly under a measure of joint punishment.</summary>
internal sealed class StrictReviews(IFeedbackReports reports) : IEntitySet<StrictReviewRow>
{
    public static string Name => "StrictReviews";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Applications examined strictly under a measure of joint punishment.";

    public static void Shape(ISetShape<StrictReviewRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Matter, entry => entry.ApplicationNumber, entry => entry.Outcome, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Matter, entry => entry.ApplicationNumber, entry => entry.Outcome, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<StrictReviewRow> Rows() => reports.Of<StrictReview>().Select(report => new StrictReviewRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Matter = report.Report.Matter,
        ApplicationNumber = report.Report.ApplicationNumber,
        Outcome = report.Report.Outcome,
        DecidedOn = report.Report.DecidedOn,
    });
}
