using Credit.Abstractions;
using Credit.Modules.Ecology.Feedback;

namespace Credit.Modules.Ecology.Sets;

/// <summary>A strict review of a document of environmental impact.</summary>
public sealed record ImpactReviewRow
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

    /// <summary>报告书 or 报告表.</summary>
    public required string DocumentKind { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Conditions of an approval.</summary>
    public string? Conditions { get; init; }

    /// <summary>Number of the answer.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the answer.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Strict reviews of documents of environmental impact.</summary>
internal sealed class ImpactReviews(IFeedbackReports reports) : IEntitySet<ImpactReviewRow>
{
    public static string Name => "ImpactReviews";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Strict reviews of documents of environmental impact.";

    public static void Shape(ISetShape<ImpactReviewRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.DocumentKind, entry => entry.Outcome, entry => entry.Conditions, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.Project)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ImpactReviewRow> Rows() => reports.Of<ImpactReviewTightened>().Select(report => new ImpactReviewRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        DocumentKind = report.Report.DocumentKind,
        Outcome = report.Report.Outcome,
        Conditions = report.Report.Conditions,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
