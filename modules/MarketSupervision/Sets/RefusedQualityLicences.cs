using Credit.Abstractions;
using Credit.Modules.MarketSupervision.Feedback;

namespace Credit.Modules.MarketSupervision.Sets;

/// <summary>Production licences and certifications refused under a measure of joint punishment: one report.</summary>
public sealed record QualityLicenceRefusedRow
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

    /// <summary>What was applied for.</summary>
    public required string Licence { get; init; }

    /// <summary>Number of the application.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Production licences and certifications refused under a measure of joint punishment.</summary>
internal sealed class RefusedQualityLicences(IFeedbackReports reports) : IEntitySet<QualityLicenceRefusedRow>
{
    public static string Name => "RefusedQualityLicences";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Production licences and certifications refused under a measure of joint punishment.";

    public static void Shape(ISetShape<QualityLicenceRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Licence, entry => entry.ApplicationNumber, entry => entry.Outcome, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Licence, entry => entry.ApplicationNumber, entry => entry.Outcome, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<QualityLicenceRefusedRow> Rows() => reports.Of<QualityLicenceRefused>().Select(report => new QualityLicenceRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Licence = report.Report.Licence,
        ApplicationNumber = report.Report.ApplicationNumber,
        Outcome = report.Report.Outcome,
        DecidedOn = report.Report.DecidedOn,
    });
}
