using Credit.Abstractions;
using Credit.Modules.AdministrativeApproval.Feedback;

namespace Credit.Modules.AdministrativeApproval.Sets;

/// <summary>Applications eased under a measure of joint reward: one report.</summary>
public sealed record GreenChannelUsedRow
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

    /// <summary>The licence applied for.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the application.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>How it was eased.</summary>
    public required string Manner { get; init; }

    /// <summary>Day it was handled.</summary>
    public DateOnly HandledOn { get; init; }
}

/// <summary>Applications eased under a measure of joint reward.</summary>
internal sealed class GreenChannelUses(IFeedbackReports reports) : IEntitySet<GreenChannelUsedRow>
{
    public static string Name => "GreenChannelUses";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Applications eased under a measure of joint reward.";

    public static void Shape(ISetShape<GreenChannelUsedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Matter, entry => entry.ApplicationNumber, entry => entry.Manner, entry => entry.HandledOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Matter, entry => entry.ApplicationNumber, entry => entry.Manner, entry => entry.HandledOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<GreenChannelUsedRow> Rows() => reports.Of<GreenChannelUsed>().Select(report => new GreenChannelUsedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Matter = report.Report.Matter,
        ApplicationNumber = report.Report.ApplicationNumber,
        Manner = report.Report.Manner,
        HandledOn = report.Report.HandledOn,
    });
}
