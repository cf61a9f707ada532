using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>限制参与工程建设项目投标: the bid was limited in a project that the bureau supervises.</summary>
internal sealed record LimitedBid
{
    /// <summary>Name of the construction project.</summary>
    public required string Project { get; init; }

    /// <summary>Section of the project (标段).</summary>
    public required string Section { get; init; }

    /// <summary>Number of the tender document whose clause limits it.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly LimitedOn { get; init; }
}

/// <summary>Takes in LimitedBid reports.</summary>
internal sealed class LimitedBidFeedback : IFeedback<LimitedBid>
{
    public static string Kind => "housing/limited-bid";

    public static IReadOnlyList<string> Answers { get; } = ["P02"];

    public static string Summary => "A bid in a construction project was limited.";

    public IEnumerable<Refusal> Check(LimitedBid report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写工程名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
        }

        if (string.IsNullOrWhiteSpace(report.Section))
        {
            yield return new Refusal("field-required", "请填写标段。", "The section is missing.", Clause.R("3.5.1.b"), "section");
        }

        if (string.IsNullOrWhiteSpace(report.TenderDocument))
        {
            yield return new Refusal("field-required", "请填写招标文件编号。", "The tender document is missing.", Clause.R("3.5.1.b"), "tenderDocument");
        }

        if (report.LimitedOn < task.IssuedOn || report.LimitedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "limitedOn");
        }
    }

    public string Describe(LimitedBid report) => $"已于{report.LimitedOn:yyyy-MM-dd}限制其参与“{report.Project}”{report.Section}投标(招标文件{report.TenderDocument})。";
}
