using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Ecology.Feedback;

/// <summary>列为重点监管对象: the plan of inspections by chance (双随机), how often, and whether discharges are watched online.</summary>
internal sealed record EnvironmentalInspection
{
    /// <summary>Title or number of the inspection plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Inspections on site planned a year.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>Automatic monitoring of its discharges is connected (自动监控联网).</summary>
    public bool OnlineMonitoring { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Takes in EnvironmentalInspection reports.</summary>
internal sealed class EnvironmentalInspectionFeedback : IFeedback<EnvironmentalInspection>
{
    public static string Kind => "ecology/stricter-inspection";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The subject was put under stricter environmental inspection.";

    public IEnumerable<Refusal> Check(EnvironmentalInspection report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Plan, "plan", "检查计划", "plan"),
        .. report.InspectionsPerYear is < 1 or > 365
            ? [new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear")]
            : Array.Empty<Refusal>(),
        .. ReportChecks.DoneWithin(report.From, task, "from", "起始日期", "first day"),
    ];

    public string Describe(EnvironmentalInspection report) => $"已列为环境重点监管对象，纳入{report.Plan}，每年现场检查{report.InspectionsPerYear}次{(report.OnlineMonitoring ? "，已联网自动监控" : "")}。";
}
