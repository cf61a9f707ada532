using Credit.Abstractions;
using Credit.Modules.Commerce.Feedback;

namespace Credit.Modules.Commerce.Sets;

/// <summary>Trustworthy enterprises recommended at fairs under a measure of joint reward: one report.</summary>
public sealed record TradePromotionRow
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

    /// <summary>Name of the fair or event.</summary>
    public required string Fair { get; init; }

    /// <summary>Day of the recommendation.</summary>
    public DateOnly RecommendedOn { get; init; }
}

/// <summary>Trustworthy enterprises recommended at fairs under a measure of joint reward.</summary>
internal sealed class TradePromotions(IFeedbackReports reports) : IEntitySet<TradePromotionRow>
{
    public static string Name => "TradePromotions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Trustworthy enterprises recommended at fairs under a measure of joint reward.";

    public static void Shape(ISetShape<TradePromotionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Fair, entry => entry.RecommendedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Fair, entry => entry.RecommendedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<TradePromotionRow> Rows() => reports.Of<TradePromotion>().Select(report => new TradePromotionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Fair = report.Report.Fair,
        RecommendedOn = report.Report.RecommendedOn,
    });
}
