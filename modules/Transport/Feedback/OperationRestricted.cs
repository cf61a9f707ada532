using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Transport.Feedback;

/// <summary>严格道路运输市场准入、经营许可限制性管理: the application and what came of it.</summary>
internal sealed record OperationRestricted
{
    /// <summary>What was applied for, for example 道路货物运输经营 or 超限运输车辆通行.</summary>
    public required string Business { get; init; }

    /// <summary>不予许可 or 从严审核后许可.</summary>
    public required string Outcome { get; init; }

    /// <summary>Number of the answer to the applicant.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the answer.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in OperationRestricted reports.</summary>
internal sealed class OperationRestrictedFeedback : IFeedback<OperationRestricted>
{
    private static readonly string[] Outcomes = ["不予许可", "从严审核后许可"];

    public static string Kind => "transport/operation-restricted";

    public static IReadOnlyList<string> Answers { get; } = ["P08"];

    public static string Summary => "An application to operate in transport was refused, or granted after strict review.";

    public IEnumerable<Refusal> Check(OperationRestricted report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Business))
        {
            yield return new Refusal("field-required", "请填写申请事项。", "What was applied for is missing.", Clause.R("3.5.1.b"), "business");
        }

        if (!Outcomes.Contains(report.Outcome))
        {
            yield return new Refusal("outcome-unknown", "结果应为不予许可、从严审核后许可之一。", "The outcome must be 不予许可 or 从严审核后许可.", Clause.R("3.5.1.b"), "outcome");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写决定文书号。", "The decision number is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the answer must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(OperationRestricted report) => $"已于{report.DecidedOn:yyyy-MM-dd}对其{report.Business}申请{report.Outcome}({report.DecisionNumber})。";
}
