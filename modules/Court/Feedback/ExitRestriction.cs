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

    public IEnumerable<Refusal> Check(ExitRestriction report, TaskFacts task) =>
    [
        .. CaseNumbers.Check(report.CaseNumber, "caseNumber"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "限制出境决定书文号", "number of the decision"),
        .. ReportChecks.Text(report.AssistanceNotice, "assistanceNotice", "协助执行通知书文号", "number of the notice to assist"),
        .. ReportChecks.DoneWithin(report.RestrictedOn, task, "restrictedOn", "控制日期", "day of the restriction"),
        .. ReportChecks.Period(report.RestrictedOn, report.Until, "until"),
    ];

    public string Describe(ExitRestriction report) => $"已依限制出境决定({report.DecisionNumber})协助执行({report.AssistanceNotice})，自{report.RestrictedOn:yyyy-MM-dd}限制出境，至{report.Until:yyyy-MM-dd}止。";
}
