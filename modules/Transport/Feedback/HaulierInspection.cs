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

    public IEnumerable<Refusal> Check(HaulierInspection report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Plan))
        {
            yield return new Refusal("field-required", "请填写检查计划。", "The plan is missing.", Clause.R("3.5.1.b"), "plan");
        }

        if (report.InspectionsPerYear is < 1 or > 365)
        {
            yield return new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear");
        }

        if (report.Vehicles < 0)
        {
            yield return new Refusal("vehicles-negative", "车辆数不得为负数。", "The number of vehicles must not be negative.", Clause.R("3.5.1.b"), "vehicles");
        }

        if (report.From < task.IssuedOn || report.From > task.Today)
        {
            yield return new Refusal("date-out-of-range", "起始日期应在任务下达之日至今日之间。", "The first day must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "from");
        }
    }

    public string Describe(HaulierInspection report) => $"已列为运输行业重点监管对象，纳入{report.Plan}，每年检查{report.InspectionsPerYear}次，涉及车辆{report.Vehicles}辆。";
}
