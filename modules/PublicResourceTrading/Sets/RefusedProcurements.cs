using Credit.Abstractions;
using Credit.Modules.PublicResourceTrading.Feedback;

namespace Credit.Modules.PublicResourceTrading.Sets;

/// <summary>Suppliers refused in government procurement under a measure of joint punishment: one report.</summary>
public sealed record ProcurementRefusedRow
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

    /// <summary>Name of the procurement project.</summary>
    public required string Project { get; init; }

    /// <summary>Number of the procurement.</summary>
    public required string ProcurementNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Suppliers refused in government procurement under a measure of joint punishment.</summary>
internal sealed class RefusedProcurements(IFeedbackReports reports) : IEntitySet<ProcurementRefusedRow>
{
    public static string Name => "RefusedProcurements";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Suppliers refused in government procurement under a measure of joint punishment.";

    public static void Shape(ISetShape<ProcurementRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.ProcurementNumber, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Project, entry => entry.ProcurementNumber, entry => entry.RefusedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ProcurementRefusedRow> Rows() => reports.Of<ProcurementRefused>().Select(report => new ProcurementRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        ProcurementNumber = report.Report.ProcurementNumber,
        RefusedOn = report.Report.RefusedOn,
    });
}
