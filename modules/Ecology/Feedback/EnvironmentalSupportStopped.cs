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

    public IEnumerable<Refusal> Check(EnvironmentalSupportStopped report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Programme, "programme", "资金项目名称", "programme"),
        .. ReportChecks.OneOf(report.Form, Forms, "form", "方式", "form"),
        .. ReportChecks.Amount(report.Amount, "amount", "金额", "amount"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(EnvironmentalSupportStopped report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Programme}”{report.Form}，涉及金额{report.Amount:0.00}元({report.DecisionNumber})。";
}
