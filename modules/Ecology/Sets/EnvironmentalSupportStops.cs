using Credit.Abstractions;
using Credit.Modules.Ecology.Feedback;

namespace Credit.Modules.Ecology.Sets;

/// <summary>Environmental funds stopped or not granted.</summary>
public sealed record EnvironmentalSupportStoppedRow
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

    /// <summary>Programme of funds.</summary>
    public required string Programme { get; init; }

    /// <summary>How it was withheld.</summary>
    public required string Form { get; init; }

    /// <summary>Amount withheld, in yuan.</summary>
    public decimal Amount { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Environmental funds that were stopped or not granted.</summary>
internal sealed class EnvironmentalSupportStops(IFeedbackReports reports) : IEntitySet<EnvironmentalSupportStoppedRow>
{
    public static string Name => "EnvironmentalSupportStops";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Environmental funds that were stopped or not granted.";

    public static void Shape(ISetShape<EnvironmentalSupportStoppedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Programme, entry => entry.Form, entry => entry.Amount, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.Amount)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<EnvironmentalSupportStoppedRow> Rows() => reports.Of<EnvironmentalSupportStopped>().Select(report => new EnvironmentalSupportStoppedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Programme = report.Report.Programme,
        Form = report.Report.Form,
        Amount = report.Report.Amount,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
