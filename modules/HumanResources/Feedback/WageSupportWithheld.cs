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

    public IEnumerable<Refusal> Check(WageSupportWithheld report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Programme))
        {
            yield return new Refusal("field-required", "请填写补贴或资金名称。", "The kind of support is missing.", Clause.R("3.5.1.b"), "programme");
        }

        if (!Forms.Contains(report.Form))
        {
            yield return new Refusal("form-unknown", "方式应为限制、暂停、取消之一。", "The form must be 限制, 暂停 or 取消.", Clause.R("3.5.1.b"), "form");
        }

        if (report.Amount < 0)
        {
            yield return new Refusal("amount-negative", "金额不得为负数。", "The amount must not be negative.", Clause.R("3.5.1.b"), "amount");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写决定文书号。", "The decision number is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(WageSupportWithheld report) => $"已于{report.DecidedOn:yyyy-MM-dd}{report.Form}其“{report.Programme}”支持，涉及金额{report.Amount:0.00}元({report.DecisionNumber})。";
}
