using Credit.Abstractions;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Finance.Sets;

/// <summary>Bans on professional practice in the finance field under a measure of joint punishment: one report.</summary>
public sealed record PracticeBanRow
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

    /// <summary>The profession.</summary>
    public required string Profession { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>First day of the ban.</summary>
    public DateOnly BannedFrom { get; init; }

    /// <summary>Last day of the ban.</summary>
    public DateOnly BannedTo { get; init; }
}

/// <summary>Bans on professional practice in the finance field under a measure of joint punishment.</summary>
internal sealed class PracticeBans(IFeedbackReports reports) : IEntitySet<PracticeBanRow>
{
    public static string Name => "PracticeBans";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bans on professional practice in the finance field under a measure of joint punishment.";

    public static void Shape(ISetShape<PracticeBanRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Profession, entry => entry.DecisionNumber, entry => entry.DecidedOn, entry => entry.BannedFrom, entry => entry.BannedTo)
        .Sort(entry => entry.ReportedAt, entry => entry.Profession, entry => entry.DecisionNumber, entry => entry.DecidedOn, entry => entry.BannedFrom, entry => entry.BannedTo)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<PracticeBanRow> Rows() => reports.Of<PracticeBan>().Select(report => new PracticeBanRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Profession = report.Report.Profession,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
        BannedFrom = report.Report.BannedFrom,
        BannedTo = report.Report.BannedTo,
    });
}
