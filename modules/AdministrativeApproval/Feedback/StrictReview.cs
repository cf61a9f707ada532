using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.AdministrativeApproval.Feedback;

/// <summary>从严审核行政许可审批项目、限制新增项目审批.</summary>
internal sealed record StrictReview
{
    /// <summary>The licence or project applied for.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the application.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in StrictReview reports.</summary>
internal sealed class StrictReviewFeedback : IFeedback<StrictReview>
{
    private static readonly string[] Outcomes = ["不予受理", "不予许可", "不予核准", "从严审核后准予"];

    public static string Kind => "approval/strict-review";

    public static IReadOnlyList<string> Answers { get; } = ["P08", "P09"];

    public static string Summary => "An application for a licence or a project was examined strictly.";

    public IEnumerable<Refusal> Check(StrictReview report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Matter, "matter", "许可事项", "matter"),
        .. ReportChecks.Text(report.ApplicationNumber, "applicationNumber", "受理编号", "application number"),
        .. ReportChecks.OneOf(report.Outcome, Outcomes, "outcome", "办理结果", "outcome"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "办理日期", "day of the decision"),
    ];

    public string Describe(StrictReview report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Matter}”({report.ApplicationNumber})从严审核: {report.Outcome}。";
}
