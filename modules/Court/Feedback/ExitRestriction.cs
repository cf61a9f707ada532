using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>限制出境: the exit of the debtor was restricted with the assistance of the body that reports.</summary>
internal sealed record ExitRestriction
{
    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Number of the decision to restrict exit.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Number of the notice to assist (协助执行通知书).</summary>
    public required string AssistanceNotice { get; init; }

    /// <summary>Day the restriction was put in.</summary>
    public DateOnly RestrictedOn { get; init; }

    /// <summary>Last day it holds, included.</summary>
    public DateOnly Until { get; init; }
}

/// <summary>Takes in ExitRestriction reports.</summary>
internal sealed class ExitRestrictionFeedback : IFeedback<ExitRestriction>
{
    public static string Kind => "court/exit-restriction";

    public static IReadOnlyList<string> Answers { get; } = ["P26"];

    public static string Summary => "The exit of a debtor was restricted on the notice of the court.";

    public IEnumerable<Refusal> Check(ExitRestriction report, TaskFacts task)
    {
        if (!CaseNumbers.Holds(report.CaseNumber))
        {
            yield return new Refusal("case-number-invalid", "执行案号形如（2026）鲁0811执123号。", "A case number of enforcement looks like （2026）鲁0811执123号.", Clause.R("3.5.1.b"), "caseNumber");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写限制出境决定书文号。", "The number of the decision is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (string.IsNullOrWhiteSpace(report.AssistanceNotice))
        {
            yield return new Refusal("field-required", "请填写协助执行通知书文号。", "The number of the notice to assist is missing.", Clause.R("3.5.1.b"), "assistanceNotice");
        }

        if (report.RestrictedOn < task.IssuedOn || report.RestrictedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "控制日期应在任务下达之日至今日之间。", "The day of the restriction must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "restrictedOn");
        }

        if (report.Until < report.RestrictedOn)
        {
            yield return new Refusal("period-reversed", "截止日期早于控制日期。", "The last day comes before the first.", Clause.R("3.5.1.b"), "until");
        }
    }

    public string Describe(ExitRestriction report) => $"已依限制出境决定({report.DecisionNumber})协助执行({report.AssistanceNotice})，自{report.RestrictedOn:yyyy-MM-dd}限制出境，至{report.Until:yyyy-MM-dd}止。";
}
