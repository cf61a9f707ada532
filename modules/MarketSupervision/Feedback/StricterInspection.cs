using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Feedback;

/// <summary>列为重点监管对象: which plan, and how many inspections a year.</summary>
internal sealed record StricterInspection
{
    /// <summary>Title or number of the inspection plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Inspections planned a year; food and drugs need two at least.</summary>
    public int InspectionsPerYear { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }
}

/// <summary>Takes in StricterInspection reports.</summary>
internal sealed class StricterInspectionFeedback : IFeedback<StricterInspection>
{
    public static string Kind => "market/stricter-inspection";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The subject was put under stricter inspection.";

    public IEnumerable<Refusal> Check(StricterInspection report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Plan))
        {
            yield return new Refusal("field-required", "请填写检查计划。", "The plan is missing.", Clause.R("3.5.1.b"), "plan");
        }

        if (report.InspectionsPerYear is < 1 or > 365)
        {
            yield return new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear");
        }

        if (report.InspectionsPerYear == 1 && task.MeasureKey.StartsWith("FDA/", StringComparison.Ordinal))
        {
            yield return new Refusal("frequency-too-low", "食品药品严重失信者至少每半年进行一次全面检查。", "Food and drug subjects are inspected every half year at least.", Clause.R("3.5.1.b"), "inspectionsPerYear");
        }

        if (report.From < task.IssuedOn || report.From > task.Today)
        {
            yield return new Refusal("date-out-of-range", "起始日期应在任务下达之日至今日之间。", "The first day must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "from");
        }
    }

    public string Describe(StricterInspection report) => $"已列为重点监管对象，纳入{report.Plan}，每年检查{report.InspectionsPerYear}次。";
}
