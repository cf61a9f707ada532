using Credit.Abstractions;
using Credit.Modules.Transport.Feedback;

namespace Credit.Modules.Transport.Sets;

/// <summary>An application to operate in transport.</summary>
public sealed record OperationRestrictedRow
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
    public required string Business { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Number of the answer.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the answer.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Applications to operate in transport that were refused, or granted after strict review.</summary>
internal sealed class OperationRestrictions(IFeedbackReports reports) : IEntitySet<OperationRestrictedRow>
{
    public static string Name => "OperationRestrictions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Applications to operate in transport that were refused, or granted after strict review.";

    public static void Shape(ISetShape<OperationRestrictedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Business, entry => entry.Outcome, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.Business)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<OperationRestrictedRow> Rows() => reports.Of<OperationRestricted>().Select(report => new OperationRestrictedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Business = report.Report.Business,
        Outcome = report.Report.Outcome,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
