using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Feedback;

/// <summary>限制从事国有资产交易: the body in charge of state-owned assets kept the subject out of a deal.</summary>
internal sealed record StateAssetDealRefused
{
    /// <summary>Name of the project of transfer, lease or capital increase.</summary>
    public required string Project { get; init; }

    /// <summary>What was dealt in: 企业产权转让, 企业增资, 企业资产转让, 行政事业单位资产处置 or 资产出租.</summary>
    public required string Deal { get; init; }

    /// <summary>不予受理, 取消受让资格 or 终止交易.</summary>
    public required string Outcome { get; init; }

    /// <summary>Number of the reply or decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in StateAssetDealRefused reports.</summary>
internal sealed class StateAssetDealRefusedFeedback : IFeedback<StateAssetDealRefused>
{
    private static readonly string[] Deals = ["企业产权转让", "企业增资", "企业资产转让", "行政事业单位资产处置", "资产出租"];

    private static readonly string[] Outcomes = ["不予受理", "取消受让资格", "终止交易"];

    public static string Kind => "finance/state-asset-deal-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P42"];

    public static string Summary => "The subject was kept out of a deal in state-owned assets.";

    public IEnumerable<Refusal> Check(StateAssetDealRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Project, "project", "项目名称", "project"),
        .. ReportChecks.OneOf(report.Deal, Deals, "deal", "交易类型", "kind of deal"),
        .. ReportChecks.OneOf(report.Outcome, Outcomes, "outcome", "处理结果", "outcome"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "批复(决定)文号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(StateAssetDealRefused report) => $"已于{report.DecidedOn:yyyy-MM-dd}在“{report.Project}”({report.Deal})中对其{report.Outcome}({report.DecisionNumber})。";
}
