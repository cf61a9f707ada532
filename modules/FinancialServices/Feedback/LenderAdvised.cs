using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.FinancialServices.Feedback;

/// <summary>供金融机构参考: a lender of the district was given the listing to weigh. What the lender does with it is its own decision (R-3.4.3.c).</summary>
internal sealed record LenderAdvised
{
    /// <summary>Name of the lender.</summary>
    public required string Institution { get; init; }

    /// <summary>What it is to be weighed in: 融资授信, 贷款利率, 担保, 其他融资服务.</summary>
    public required string Matter { get; init; }

    /// <summary>Day of the advice.</summary>
    public DateOnly AdvisedOn { get; init; }

    /// <summary>The lender was told what to do; then it is no advice and the report is refused.</summary>
    public bool Binding { get; init; }
}

/// <summary>Takes in LenderAdvised reports.</summary>
internal sealed class LenderAdvisedFeedback : IFeedback<LenderAdvised>
{
    private static readonly string[] Matters = ["融资授信", "贷款利率", "担保", "其他融资服务"];

    public static string Kind => "financial/lender-advised";

    public static IReadOnlyList<string> Answers { get; } = ["P28"];

    public static string Summary => "A lender was advised to weigh the listing; it was ordered nothing.";

    public IEnumerable<Refusal> Check(LenderAdvised report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Institution))
        {
            yield return new Refusal("field-required", "请填写金融机构名称。", "The institution is missing.", Clause.R("3.5.1.b"), "institution");
        }

        if (!Matters.Contains(report.Matter))
        {
            yield return new Refusal("choice-unknown", "参考事项应为融资授信、贷款利率、担保、其他融资服务之一。", "The matter must be one of 融资授信, 贷款利率, 担保, 其他融资服务.", Clause.R("3.5.1.b"), "matter");
        }

        if (report.AdvisedOn < task.IssuedOn || report.AdvisedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "建议日期应在任务下达之日至今日之间。", "The day of the advice must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "advisedOn");
        }

        if (report.Binding)
        {
            yield return new Refusal("advice-not-order", "金融机构只能引导，不得下达要求。", "Lenders are guided, never ordered.", Clause.R("3.5.1.b"), "binding");
        }
    }

    public string Describe(LenderAdvised report) => $"已于{report.AdvisedOn:yyyy-MM-dd}建议{report.Institution}在{report.Matter}中审慎参考，由其自主决定。";
}
