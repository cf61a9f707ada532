using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Commerce.Feedback;

/// <summary>展会推介: a trustworthy enterprise was recommended at a fair.</summary>
internal sealed record TradePromotion
{
    /// <summary>Name of the fair or event.</summary>
    public required string Fair { get; init; }

    /// <summary>Day of the recommendation.</summary>
    public DateOnly RecommendedOn { get; init; }
}

/// <summary>Takes in TradePromotion reports.</summary>
internal sealed class TradePromotionFeedback : IFeedback<TradePromotion>
{
    public static string Kind => "commerce/trade-promotion";

    public static IReadOnlyList<string> Answers { get; } = ["R10"];

    public static string Summary => "A trustworthy enterprise was recommended at a fair.";

    public IEnumerable<Refusal> Check(TradePromotion report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Fair, "fair", "展会名称", "fair"),
        .. ReportChecks.DoneWithin(report.RecommendedOn, task, "recommendedOn", "推介日期", "day of the recommendation"),
    ];

    public string Describe(TradePromotion report) => $"已于{report.RecommendedOn:yyyy-MM-dd}在“{report.Fair}”推介。";
}
