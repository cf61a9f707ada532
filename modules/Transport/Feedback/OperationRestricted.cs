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

    public IEnumerable<Refusal> Check(OperationRestricted report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Business, "business", "申请事项", "What was applied for"),
        .. ReportChecks.OneOf(report.Outcome, Outcomes, "outcome", "结果", "outcome"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the answer"),
    ];

    public string Describe(OperationRestricted report) => $"已于{report.DecidedOn:yyyy-MM-dd}对其{report.Business}申请{report.Outcome}({report.DecisionNumber})。";
}
