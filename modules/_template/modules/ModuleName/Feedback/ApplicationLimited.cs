using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.ModuleName.Feedback;

/// <summary>An application to the department was refused, or granted with less. The subject is known from the task: the report never names a person.</summary>
internal sealed record ApplicationLimited
{
    /// <summary>What was applied for, for example the name of a project.</summary>
    public required string Matter { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>不予同意 or 核减后同意.</summary>
    public required string Outcome { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in ApplicationLimited reports.</summary>
internal sealed class ApplicationLimitedFeedback : IFeedback<ApplicationLimited>
{
    private static readonly string[] Outcomes = ["不予同意", "核减后同意"];

    public static string Kind => "module-key/application-limited";

    public static IReadOnlyList<string> Answers { get; } = ["CANONICAL-MEASURE"];

    public static string Summary => "An application was refused, or granted with less.";

    public IEnumerable<Refusal> Check(ApplicationLimited report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Matter, "matter", "申请事项", "matter"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "decision number"),
        .. ReportChecks.OneOf(report.Outcome, Outcomes, "outcome", "决定", "outcome"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(ApplicationLimited report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Matter}”{report.Outcome}({report.DecisionNumber})。";
}
