using Credit.Abstractions;
using Credit.Modules.Statistics.Feedback;

namespace Credit.Modules.Statistics.Sets;

/// <summary>A publication of statistical dishonesty.</summary>
public sealed record StatisticalPublicationRow
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

    /// <summary>Public address of the page.</summary>
    public required string Page { get; init; }

    /// <summary>Day it was shown.</summary>
    public DateOnly PublishedOn { get; init; }

    /// <summary>Last day it is shown, included.</summary>
    public DateOnly Until { get; init; }
}

/// <summary>Publications of serious statistical dishonesty, with the days they stand.</summary>
internal sealed class StatisticalPublications(IFeedbackReports reports) : IEntitySet<StatisticalPublicationRow>
{
    public static string Name => "StatisticalPublications";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Publications of serious statistical dishonesty, with the days they stand.";

    public static void Shape(ISetShape<StatisticalPublicationRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Page, entry => entry.PublishedOn, entry => entry.Until)
        .Sort(entry => entry.ReportedAt, entry => entry.PublishedOn, entry => entry.Until)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<StatisticalPublicationRow> Rows() => reports.Of<DishonestyPublished>().Select(report => new StatisticalPublicationRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Page = report.Report.Page,
        PublishedOn = report.Report.PublishedOn,
        Until = report.Report.Until,
    });
}
