using Credit.Abstractions;
using Credit.Modules.MarketSupervision.Feedback;

namespace Credit.Modules.MarketSupervision.Sets;

/// <summary>Subjects published in the enterprise register under a measure of joint punishment: one report.</summary>
public sealed record PublishedInRegisterRow
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

    /// <summary>The page that shows it.</summary>
    public required string Page { get; init; }

    /// <summary>Day it was shown.</summary>
    public DateOnly PublishedOn { get; init; }
}

/// <summary>Subjects published in the enterprise register under a measure of joint punishment.</summary>
internal sealed class RegisterPublications(IFeedbackReports reports) : IEntitySet<PublishedInRegisterRow>
{
    public static string Name => "RegisterPublications";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Subjects published in the enterprise register under a measure of joint punishment.";

    public static void Shape(ISetShape<PublishedInRegisterRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Page, entry => entry.PublishedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Page, entry => entry.PublishedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<PublishedInRegisterRow> Rows() => reports.Of<PublishedInRegister>().Select(report => new PublishedInRegisterRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Page = report.Report.Address,
        PublishedOn = report.Report.PublishedOn,
    });
}
