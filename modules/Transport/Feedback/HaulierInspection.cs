using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Transport.Feedback;

/// <summary>加强监管: checks of a haulier at its yard and on the road.</summary>
internal sealed record HaulierInspection
{
    /// <summary>Title or number of the plan of inspection.</summary>
    public required string Plan { get; init; }

    /// <summary>Inspections planned a year.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>Vehicles of the fleet under watch; 0 for a workshop or a place of loading.</summary>
    public int Vehicles { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Takes in HaulierInspection reports.</summary>
internal sealed class HaulierInspectionFeedback : IFeedback<HaulierInspection>
{
    public static string Kind => "transport/stricter-inspection";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The haulier or workshop was put under stricter inspection.";

    public IEnumerable<Refusal> Check(HaulierInspection report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Plan, "plan", "检查计划", "plan"),
        .. report.InspectionsPerYear is < 1 or > 365
            ? [new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear")]
            : Array.Empty<Refusal>(),
        .. report.Vehicles < 0
            ? [new Refusal("vehicles-negative", "车辆数不得为负数。", "The number of vehicles must not be negative.", Clause.R("3.5.1.b"), "vehicles")]
            : Array.Empty<Refusal>(),
        .. ReportChecks.DoneWithin(report.From, task, "from", "起始日期", "first day"),
    ];

    public string Describe(HaulierInspection report) => $"已列为运输行业重点监管对象，纳入{report.Plan}，每年检查{report.InspectionsPerYear}次，涉及车辆{report.Vehicles}辆。";
}
