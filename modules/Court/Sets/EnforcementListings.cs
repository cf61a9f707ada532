using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>A listing by the court.</summary>
public sealed record EnforcementListingRow
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

    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Number of the decision to list.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Which of the six situations of 法释〔2017〕7号第一条, 1 to 6.</summary>
    public int Situation { get; init; }

    /// <summary>Day of the listing.</summary>
    public DateOnly ListedOn { get; init; }

    /// <summary>Last day of the term, included; null for situation 1, which lasts until performance.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>Listings of untrustworthy judgment debtors by the court; persons are not named.</summary>
internal sealed class EnforcementListings(IFeedbackReports reports) : IEntitySet<EnforcementListingRow>
{
    public static string Name => "EnforcementListings";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Listings of untrustworthy judgment debtors by the court; persons are not named.";

    public static void Shape(ISetShape<EnforcementListingRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.CaseNumber, entry => entry.DecisionNumber, entry => entry.Situation, entry => entry.ListedOn, entry => entry.LastDay)
        .Sort(entry => entry.ReportedAt, entry => entry.Situation, entry => entry.ListedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<EnforcementListingRow> Rows() => reports.Of<EnforcementListing>().Select(report => new EnforcementListingRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        CaseNumber = report.Report.CaseNumber,
        DecisionNumber = report.Report.DecisionNumber,
        Situation = report.Report.Situation,
        ListedOn = report.Report.ListedOn,
        LastDay = report.Report.LastDay,
    });
}
