using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Transport.Feedback;

/// <summary>限制参与公路水运工程招投标: the bid for a section was refused.</summary>
internal sealed record RoadworksBidRefused
{
    /// <summary>Name of the project.</summary>
    public required string Project { get; init; }

    /// <summary>Section (标段) bid for.</summary>
    public required string Section { get; init; }

    /// <summary>Number of the tender document whose clause refuses.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RoadworksBidRefused reports.</summary>
internal sealed class RoadworksBidRefusedFeedback : IFeedback<RoadworksBidRefused>
{
    public static string Kind => "transport/refused-bid";

    public static IReadOnlyList<string> Answers { get; } = ["P02"];

    public static string Summary => "A bid for road or waterway works was refused.";

    public IEnumerable<Refusal> Check(RoadworksBidRefused report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写项目名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
        }

        if (string.IsNullOrWhiteSpace(report.Section))
        {
            yield return new Refusal("field-required", "请填写标段。", "The section is missing.", Clause.R("3.5.1.b"), "section");
        }

        if (string.IsNullOrWhiteSpace(report.TenderDocument))
        {
            yield return new Refusal("field-required", "请填写招标文件编号。", "The tender document is missing.", Clause.R("3.5.1.b"), "tenderDocument");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "拒绝日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(RoadworksBidRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}拒绝其参与“{report.Project}”{report.Section}投标(招标文件{report.TenderDocument})。";
}
