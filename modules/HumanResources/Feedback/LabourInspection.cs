using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.HumanResources.Feedback;

/// <summary>列为劳动保障监察重点监管对象.</summary>
internal sealed record LabourInspection
{
    /// <summary>Title or number of the plan of labour inspection.</summary>
    public required string Plan { get; init; }

    /// <summary>Inspections planned a year.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>The special account for wages (农民工工资专用账户) is checked too.</summary>
    public bool WageAccountChecked { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Takes in LabourInspection reports.</summary>
internal sealed class LabourInspectionFeedback : IFeedback<LabourInspection>
{
    public static string Kind => "wages/stricter-inspection";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The employer was put under stricter labour inspection.";

    public IEnumerable<Refusal> Check(LabourInspection report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Plan, "plan", "监察计划", "plan"),
        .. report.InspectionsPerYear is < 1 or > 365
            ? [new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear")]
            : Array.Empty<Refusal>(),
        .. ReportChecks.DoneWithin(report.From, task, "from", "起始日期", "first day"),
    ];

    public string Describe(LabourInspection report) => $"已列为劳动保障监察重点监管对象，纳入{report.Plan}，每年检查{report.InspectionsPerYear}次{(report.WageAccountChecked ? "，并核查工资专用账户" : "")}。";
}
