using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.ModuleName.Feedback;

/// <summary>列为重点监管对象. The subject is known from the task: the report never names a person.</summary>
internal sealed record CloserSupervision
{
    /// <summary>Number of the plan or decision.</summary>
    public required string PlanNumber { get; init; }

    /// <summary>Day it was decided.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>Inspections planned a year.</summary>
    public int InspectionsPerYear { get; init; }
}

/// <summary>Takes in CloserSupervision reports. Missing, overlong and unprintable texts are refused by the core.</summary>
internal sealed class CloserSupervisionFeedback : IFeedback<CloserSupervision>
{
    public static string Kind => "module-key/closer-supervision";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The subject was put under closer supervision.";

    public IEnumerable<Refusal> Check(CloserSupervision report, TaskFacts task)
    {
        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }

        if (report.InspectionsPerYear is < 1 or > 365)
        {
            yield return new Refusal("frequency-out-of-range", "每年检查次数应为1至365次。", "Inspections a year must be 1 to 365.", Clause.R("3.5.1.b"), "inspectionsPerYear");
        }
    }

    public string Describe(CloserSupervision report) => $"已列为重点监管对象({report.PlanNumber})，每年检查{report.InspectionsPerYear}次。";
}
