using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.HumanResources.Feedback;

/// <summary>限制、暂停或取消补贴性资金和社会保障资金支持: which one, how much, by which decision.</summary>
internal sealed record WageSupportWithheld
{
    /// <summary>Kind of support, for example 稳岗返还 or 社会保险补贴.</summary>
    public required string Programme { get; init; }

    /// <summary>限制, 暂停 or 取消.</summary>
    public required string Form { get; init; }

    /// <summary>Amount withheld, in yuan; 0 where nothing was applied for yet.</summary>
    public decimal Amount { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in WageSupportWithheld reports.</summary>
internal sealed class WageSupportWithheldFeedback : IFeedback<WageSupportWithheld>
{
    private static readonly string[] Forms = ["限制", "暂停", "取消"];

    public static string Kind => "wages/support-withheld";

    public static IReadOnlyList<string> Answers { get; } = ["P06"];

    public static string Summary => "Subsidies or social security support were limited, suspended or cancelled.";

    public IEnumerable<Refusal> Check(WageSupportWithheld report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Programme, "programme", "补贴或资金名称", "kind of support"),
        .. ReportChecks.OneOf(report.Form, Forms, "form", "方式", "form"),
        .. ReportChecks.Amount(report.Amount, "amount", "金额", "amount"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(WageSupportWithheld report) => $"已于{report.DecidedOn:yyyy-MM-dd}{report.Form}其“{report.Programme}”支持，涉及金额{report.Amount:0.00}元({report.DecisionNumber})。";
}
