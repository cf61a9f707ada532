using Credit.Abstractions;
using Credit.Modules.Commerce.Feedback;

namespace Credit.Modules.Commerce.Sets;

/// <summary>A notice to hotels and restaurants about an order that restricts high consumption.</summary>
public sealed record HighSpendingNoticeRow
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

    /// <summary>Number of the notice.</summary>
    public required string NoticeNumber { get; init; }

    /// <summary>Kind of venue.</summary>
    public required string Venue { get; init; }

    /// <summary>How many venues were told.</summary>
    public int VenuesTold { get; init; }

    /// <summary>How many refused the subject since.</summary>
    public int Refusals { get; init; }

    /// <summary>Day of the notice.</summary>
    public DateOnly NotifiedOn { get; init; }
}

/// <summary>Notices to hotels and restaurants about orders that restrict high consumption; persons are not named.</summary>
internal sealed class HighSpendingNotices(IFeedbackReports reports) : IEntitySet<HighSpendingNoticeRow>
{
    public static string Name => "HighSpendingNotices";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Notices to hotels and restaurants about orders that restrict high consumption; persons are not named.";

    public static void Shape(ISetShape<HighSpendingNoticeRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.NoticeNumber, entry => entry.Venue, entry => entry.VenuesTold, entry => entry.Refusals, entry => entry.NotifiedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.NotifiedOn, entry => entry.VenuesTold, entry => entry.Refusals)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<HighSpendingNoticeRow> Rows() => reports.Of<HighSpendingNotice>().Select(report => new HighSpendingNoticeRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        NoticeNumber = report.Report.NoticeNumber,
        Venue = report.Report.Venue,
        VenuesTold = report.Report.VenuesTold,
        Refusals = report.Report.Refusals,
        NotifiedOn = report.Report.NotifiedOn,
    });
}
