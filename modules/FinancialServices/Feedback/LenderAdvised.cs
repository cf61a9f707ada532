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

    public IEnumerable<Refusal> Check(LenderAdvised report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Institution, "institution", "金融机构名称", "institution"),
        .. ReportChecks.OneOf(report.Matter, Matters, "matter", "参考事项", "matter"),
        .. ReportChecks.DoneWithin(report.AdvisedOn, task, "advisedOn", "建议日期", "day of the advice"),
        .. Own(report),
    ];

    public string Describe(LenderAdvised report) => $"已于{report.AdvisedOn:yyyy-MM-dd}建议{report.Institution}在{report.Matter}中审慎参考，由其自主决定。";

    private static IEnumerable<Refusal> Own(LenderAdvised report)
    {
        if (report.Binding)
        {
            yield return new Refusal("advice-not-order", "金融机构只能引导，不得下达要求。", "Lenders are guided, never ordered.", Clause.R("3.5.1.b"), "binding");
        }
    }
}
