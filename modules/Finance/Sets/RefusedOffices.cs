using Credit.Abstractions;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Finance.Sets;

/// <summary>Appointments in state-owned enterprises refused under a measure of joint punishment: one report.</summary>
public sealed record OfficeRefusedRow
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

    /// <summary>Name of the state-owned enterprise.</summary>
    public required string Enterprise { get; init; }

    /// <summary>The office.</summary>
    public required string Office { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Appointments in state-owned enterprises refused under a measure of joint punishment.</summary>
internal sealed class RefusedOffices(IFeedbackReports reports) : IEntitySet<OfficeRefusedRow>
{
    public static string Name => "RefusedOffices";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Appointments in state-owned enterprises refused under a measure of joint punishment.";

    public static void Shape(ISetShape<OfficeRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Enterprise, entry => entry.Office, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Enterprise, entry => entry.Office, entry => entry.RefusedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<OfficeRefusedRow> Rows() => reports.Of<OfficeRefused>().Select(report => new OfficeRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Enterprise = report.Report.Enterprise,
        Office = report.Report.Office,
        RefusedOn = report.Report.RefusedOn,
    });
}
