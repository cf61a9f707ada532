using Credit.Abstractions;
using Credit.Modules.Finance.Feedback;

namespace Credit.Modules.Finance.Sets;

/// <summary>Public funds granted with preference under a measure of joint reward: one report.</summary>
public sealed record FundsPreferredRow
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

    /// <summary>Day it was granted.</summary>
    public DateOnly GrantedOn { get; init; }
}

/// <summary>Public funds granted with preference under a measure of joint reward.</summary>
internal sealed class PreferredFunds(IFeedbackReports reports) : IEntitySet<FundsPreferredRow>
{
    public static string Name => "PreferredFunds";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Public funds granted with preference under a measure of joint reward.";

    public static void Shape(ISetShape<FundsPreferredRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Fund, entry => entry.GrantedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Fund, entry => entry.GrantedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<FundsPreferredRow> Rows() => reports.Of<FundsPreferred>().Select(report => new FundsPreferredRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Fund = report.Report.Fund,
        GrantedOn = report.Report.GrantedOn,
    });
}
