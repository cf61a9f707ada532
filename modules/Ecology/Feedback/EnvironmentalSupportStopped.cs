using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Ecology.Feedback;

/// <summary>停止执行、不予批准环保专项资金等支持: which programme, how much, by which decision.</summary>
internal sealed record EnvironmentalSupportStopped
{
    /// <summary>Programme of funds, for example 大气污染防治专项资金.</summary>
    public required string Programme { get; init; }

    /// <summary>停止执行 or 不予批准.</summary>
    public required string Form { get; init; }

    /// <summary>Amount withheld, in yuan.</summary>
    public decimal Amount { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in EnvironmentalSupportStopped reports.</summary>
internal sealed class EnvironmentalSupportStoppedFeedback : IFeedback<EnvironmentalSupportStopped>
{
    private static readonly string[] Forms = ["停止执行", "不予批准"];

    public static string Kind => "ecology/support-stopped";

    public static IReadOnlyList<string> Answers { get; } = ["P06"];

    public static string Summary => "Environmental funds were stopped or not granted.";

    public IEnumerable<Refusal> Check(EnvironmentalSupportStopped report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Programme))
        {
            yield return new Refusal("field-required", "请填写资金项目名称。", "The programme is missing.", Clause.R("3.5.1.b"), "programme");
        }

        if (!Forms.Contains(report.Form))
        {
            yield return new Refusal("form-unknown", "方式应为停止执行、不予批准之一。", "The form must be 停止执行 or 不予批准.", Clause.R("3.5.1.b"), "form");
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

    public string Describe(EnvironmentalSupportStopped report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Programme}”{report.Form}，涉及金额{report.Amount:0.00}元({report.DecisionNumber})。";
}
