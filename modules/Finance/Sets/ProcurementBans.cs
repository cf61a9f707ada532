using Credit.Abstractions;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Finance.Sets;

/// <summary>Bans from government procurement under a measure of joint punishment: one report.</summary>
public sealed record ProcurementBanRow
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

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>First day of the ban.</summary>
    public DateOnly BannedFrom { get; init; }

    /// <summary>Last day of the ban.</summary>
    public DateOnly BannedTo { get; init; }
}

/// <summary>Bans from government procurement under a measure of joint punishment.</summary>
internal sealed class ProcurementBans(IFeedbackReports reports) : IEntitySet<ProcurementBanRow>
{
    public static string Name => "ProcurementBans";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bans from government procurement under a measure of joint punishment.";

    public static void Shape(ISetShape<ProcurementBanRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.DecisionNumber, entry => entry.DecidedOn, entry => entry.BannedFrom, entry => entry.BannedTo)
        .Sort(entry => entry.ReportedAt, entry => entry.DecisionNumber, entry => entry.DecidedOn, entry => entry.BannedFrom, entry => entry.BannedTo)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ProcurementBanRow> Rows() => reports.Of<ProcurementBan>().Select(report => new ProcurementBanRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
        BannedFrom = report.Report.BannedFrom,
        BannedTo = report.Report.BannedTo,
    });
}
