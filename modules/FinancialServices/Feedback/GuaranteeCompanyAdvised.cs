using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.FinancialServices.Feedback;

/// <summary>设立金融类公司参考: a guarantee, small-loan or private finance company was advised, or the advice went into its approval.</summary>
internal sealed record GuaranteeCompanyAdvised
{
    /// <summary>Name of the company.</summary>
    public required string Institution { get; init; }

    /// <summary>融资担保公司, 小额贷款公司 or 民间融资机构.</summary>
    public required string InstitutionKind { get; init; }

    /// <summary>设立, 变更, 任职 or 业务合作.</summary>
    public required string Matter { get; init; }

    /// <summary>Day of the advice.</summary>
    public DateOnly AdvisedOn { get; init; }

    /// <summary>The company was told what to do; then it is no advice and the report is refused.</summary>
    public bool Binding { get; init; }
}

/// <summary>Takes in GuaranteeCompanyAdvised reports.</summary>
internal sealed class GuaranteeCompanyAdvisedFeedback : IFeedback<GuaranteeCompanyAdvised>
{
    private static readonly string[] Kinds = ["融资担保公司", "小额贷款公司", "民间融资机构"];

    private static readonly string[] Matters = ["设立", "变更", "任职", "业务合作"];

    public static string Kind => "financial/guarantee-company-advised";

    public static IReadOnlyList<string> Answers { get; } = ["P13", "P46"];

    public static string Summary => "A guarantee, small-loan or private finance company was advised; it was ordered nothing.";

    public IEnumerable<Refusal> Check(GuaranteeCompanyAdvised report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Institution))
        {
            yield return new Refusal("field-required", "请填写机构名称。", "The institution is missing.", Clause.R("3.5.1.b"), "institution");
        }

        if (!Kinds.Contains(report.InstitutionKind))
        {
            yield return new Refusal("choice-unknown", "机构类别应为融资担保公司、小额贷款公司、民间融资机构之一。", "The kind of institution must be one of 融资担保公司, 小额贷款公司, 民间融资机构.", Clause.R("3.5.1.b"), "institutionKind");
        }

        if (!Matters.Contains(report.Matter))
        {
            yield return new Refusal("choice-unknown", "参考事项应为设立、变更、任职、业务合作之一。", "The matter must be one of 设立, 变更, 任职, 业务合作.", Clause.R("3.5.1.b"), "matter");
        }

        if (report.AdvisedOn < task.IssuedOn || report.AdvisedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "建议日期应在任务下达之日至今日之间。", "The day of the advice must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "advisedOn");
        }

        if (report.Binding)
        {
            yield return new Refusal("advice-not-order", "地方金融组织只能引导，不得下达要求。", "Local finance companies are guided, never ordered.", Clause.R("3.5.1.b"), "binding");
        }
    }

    public string Describe(GuaranteeCompanyAdvised report) => $"已于{report.AdvisedOn:yyyy-MM-dd}就{report.Matter}事项向{report.InstitutionKind}{report.Institution}提出参考建议。";
}
