using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>A publication by the court.</summary>
public sealed record ListPublicationRow
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

    /// <summary>Where it was published, for example 中国执行信息公开网.</summary>
    public required string Channel { get; init; }

    /// <summary>Day it was published.</summary>
    public DateOnly PublishedOn { get; init; }

    /// <summary>The listing was passed on to the bodies that issue licences and finance, too.</summary>
    public bool ReportedToAuthorities { get; init; }
}

/// <summary>Publications of listings by the court.</summary>
internal sealed class ListPublications(IFeedbackReports reports) : IEntitySet<ListPublicationRow>
{
    public static string Name => "ListPublications";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Publications of listings by the court.";

    public static void Shape(ISetShape<ListPublicationRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Channel, entry => entry.PublishedOn, entry => entry.ReportedToAuthorities)
        .Sort(entry => entry.ReportedAt, entry => entry.PublishedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ListPublicationRow> Rows() => reports.Of<ListPublication>().Select(report => new ListPublicationRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Channel = report.Report.Channel,
        PublishedOn = report.Report.PublishedOn,
        ReportedToAuthorities = report.Report.ReportedToAuthorities,
    });
}
