using Credit.Abstractions;
using Credit.Modules.Emergency.Feedback;

namespace Credit.Modules.Emergency.Sets;

/// <summary>A review suspended, or a certificate withdrawn.</summary>
public sealed record StandardisationStoppedRow
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

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>Grade of standardisation.</summary>
    public required string Grade { get; init; }

    /// <summary>Number of the certificate withdrawn.</summary>
    public string? AwardNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Reviews of work safety standardisation suspended and certificates withdrawn.</summary>
internal sealed class StandardisationStops(IFeedbackReports reports) : IEntitySet<StandardisationStoppedRow>
{
    public static string Name => "StandardisationStops";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Reviews of work safety standardisation suspended and certificates withdrawn.";

    public static void Shape(ISetShape<StandardisationStoppedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Action, entry => entry.Grade, entry => entry.AwardNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<StandardisationStoppedRow> Rows() => reports.Of<StandardisationStopped>().Select(report => new StandardisationStoppedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Action = report.Report.Action,
        Grade = report.Report.Grade,
        AwardNumber = report.Report.AwardNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
