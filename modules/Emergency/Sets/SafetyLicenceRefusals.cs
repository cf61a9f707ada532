using Credit.Abstractions;
using Credit.Modules.Emergency.Feedback;

namespace Credit.Modules.Emergency.Sets;

/// <summary>A refused licence of work safety.</summary>
public sealed record SafetyLicenceRefusedRow
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

    /// <summary>Kind of licence.</summary>
    public required string Licence { get; init; }

    /// <summary>Number of the refusal.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Licences of work safety that were refused.</summary>
internal sealed class SafetyLicenceRefusals(IFeedbackReports reports) : IEntitySet<SafetyLicenceRefusedRow>
{
    public static string Name => "SafetyLicenceRefusals";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Licences of work safety that were refused.";

    public static void Shape(ISetShape<SafetyLicenceRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Licence, entry => entry.DecisionNumber, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.RefusedOn, entry => entry.Licence)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<SafetyLicenceRefusedRow> Rows() => reports.Of<SafetyLicenceRefused>().Select(report => new SafetyLicenceRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Licence = report.Report.Licence,
        DecisionNumber = report.Report.DecisionNumber,
        RefusedOn = report.Report.RefusedOn,
    });
}
