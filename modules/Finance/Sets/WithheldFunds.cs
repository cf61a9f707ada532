using Credit.Abstractions;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Finance.Sets;

/// <summary>Public funds withheld under a measure of joint punishment: one report.</summary>
public sealed record FundsWithheldRow
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

    /// <summary>Name of the fund or subsidy.</summary>
    public required string Fund { get; init; }

    /// <summary>How the application was treated.</summary>
    public required string Treatment { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Public funds withheld under a measure of joint punishment.</summary>
internal sealed class WithheldFunds(IFeedbackReports reports) : IEntitySet<FundsWithheldRow>
{
    public static string Name => "WithheldFunds";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Public funds withheld under a measure of joint punishment.";

    public static void Shape(ISetShape<FundsWithheldRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Fund, entry => entry.Treatment, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Fund, entry => entry.Treatment, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<FundsWithheldRow> Rows() => reports.Of<FundsWithheld>().Select(report => new FundsWithheldRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Fund = report.Report.Fund,
        Treatment = report.Report.Treatment,
        DecidedOn = report.Report.DecidedOn,
    });
}
