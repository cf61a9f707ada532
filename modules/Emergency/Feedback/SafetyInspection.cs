using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Feedback;

/// <summary>加大执法检查频次、常态化暗查暗访: how many inspections a year, and how many of them unannounced.</summary>
internal sealed record SafetyInspection
{
    /// <summary>Title or number of the plan of enforcement inspections.</summary>
    public required string Plan { get; init; }

    /// <summary>Inspections planned a year, the unannounced ones included.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>Of these, inspections without announcement (暗查暗访).</summary>
    public int UnannouncedPerYear { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Takes in SafetyInspection reports.</summary>
internal sealed class SafetyInspectionFeedback : IFeedback<SafetyInspection>
{
    public static string Kind => "emergency/stricter-inspection";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The subject is inspected for work safety more often.";

    public IEnumerable<Refusal> Check(SafetyInspection report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Plan, "plan", "执法检查计划", "plan"),
        .. report.InspectionsPerYear is < 1 or > 365
            ? [new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear")]
            : Array.Empty<Refusal>(),
        .. report.UnannouncedPerYear < 0 || report.UnannouncedPerYear > report.InspectionsPerYear
            ? [new Refusal("unannounced-out-of-range", "暗查暗访次数应为0至每年检查次数。", "Unannounced inspections must be 0 to the inspections a year.", Clause.R("3.5.1.b"), "unannouncedPerYear")]
            : Array.Empty<Refusal>(),
        .. report.UnannouncedPerYear == 0 && task.MeasureKey == "SAFE/2"
            ? [new Refusal("unannounced-missing", "常态化暗查暗访的，每年至少暗查暗访一次。", "This measure is inspection without announcement: once a year at least.", Clause.R("3.5.1.b"), "unannouncedPerYear")]
            : Array.Empty<Refusal>(),
        .. ReportChecks.DoneWithin(report.From, task, "from", "起始日期", "first day"),
    ];

    public string Describe(SafetyInspection report) => $"已加大执法检查频次，纳入{report.Plan}，每年检查{report.InspectionsPerYear}次，其中暗查暗访{report.UnannouncedPerYear}次。";
}
