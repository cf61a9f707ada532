using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.FinancialServices.Feedback;

/// <summary>守信激励: the subject was recommended for financing, for example 信易贷.</summary>
internal sealed record FinancingRecommended
{
    /// <summary>Product or service, for example 信易贷, 税易贷.</summary>
    public required string Product { get; init; }

    /// <summary>How many institutions it was recommended to.</summary>
    public int Institutions { get; init; }

    /// <summary>Day of the recommendation.</summary>
    public DateOnly RecommendedOn { get; init; }
}

/// <summary>Takes in FinancingRecommended reports.</summary>
internal sealed class FinancingRecommendedFeedback : IFeedback<FinancingRecommended>
{
    public static string Kind => "financial/financing-recommended";

    public static IReadOnlyList<string> Answers { get; } = ["R08"];

    public static string Summary => "A trustworthy subject was recommended to lenders.";

    public IEnumerable<Refusal> Check(FinancingRecommended report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Product, "product", "融资产品", "product"),
        .. ReportChecks.DoneWithin(report.RecommendedOn, task, "recommendedOn", "推荐日期", "day of the recommendation"),
        .. Own(report),
    ];

    public string Describe(FinancingRecommended report) => $"已于{report.RecommendedOn:yyyy-MM-dd}以“{report.Product}”向{report.Institutions}家机构推荐。";

    private static IEnumerable<Refusal> Own(FinancingRecommended report)
    {
        if (report.Institutions is < 1 or > 500)
        {
            yield return new Refusal("institutions-out-of-range", "推荐机构数应为1至500。", "The institutions are between 1 and 500.", Clause.R("3.5.1.b"), "institutions");
        }
    }
}
