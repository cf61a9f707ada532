using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.PublicResourceTrading.Feedback;

/// <summary>限制参与招标投标: the bid of the subject was refused.</summary>
internal sealed record RefusedBid
{
    /// <summary>Name of the tender project.</summary>
    public required string Project { get; init; }

    /// <summary>Number of the tender document whose clause refuses.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RefusedBid reports.</summary>
internal sealed class RefusedBidFeedback : IFeedback<RefusedBid>
{
    public static string Kind => "trading/refused-bid";

    public static IReadOnlyList<string> Answers { get; } = ["P02"];

    public static string Summary => "A bid was refused.";

    public IEnumerable<Refusal> Check(RefusedBid report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写项目名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
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

    public string Describe(RefusedBid report) => $"已于{report.RefusedOn:yyyy-MM-dd}拒绝其参与“{report.Project}”投标(招标文件{report.TenderDocument})。";
}
