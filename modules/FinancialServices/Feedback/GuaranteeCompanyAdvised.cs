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

    public IEnumerable<Refusal> Check(GuaranteeCompanyAdvised report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Institution, "institution", "机构名称", "institution"),
        .. ReportChecks.OneOf(report.InstitutionKind, Kinds, "institutionKind", "机构类别", "kind of institution"),
        .. ReportChecks.OneOf(report.Matter, Matters, "matter", "参考事项", "matter"),
        .. ReportChecks.DoneWithin(report.AdvisedOn, task, "advisedOn", "建议日期", "day of the advice"),
        .. Own(report),
    ];

    public string Describe(GuaranteeCompanyAdvised report) => $"已于{report.AdvisedOn:yyyy-MM-dd}就{report.Matter}事项向{report.InstitutionKind}{report.Institution}提出参考建议。";

    private static IEnumerable<Refusal> Own(GuaranteeCompanyAdvised report)
    {
        if (report.Binding)
        {
            yield return new Refusal("advice-not-order", "地方金融组织只能引导，不得下达要求。", "Local finance companies are guided, never ordered.", Clause.R("3.5.1.b"), "binding");
        }
    }
}
