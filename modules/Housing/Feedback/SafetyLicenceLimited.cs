using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>限制取得安全生产许可证 (建筑施工).</summary>
internal sealed record SafetyLicenceLimited
{
    /// <summary>不予颁发, 不予延期, 暂扣 or 吊销.</summary>
    public required string Decision { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in SafetyLicenceLimited reports.</summary>
internal sealed class SafetyLicenceLimitedFeedback : IFeedback<SafetyLicenceLimited>
{
    private static readonly string[] Decisions = ["不予颁发", "不予延期", "暂扣", "吊销"];

    public static string Kind => "housing/safety-licence-limited";

    public static IReadOnlyList<string> Answers { get; } = ["P37"];

    public static string Summary => "A work safety licence of a construction enterprise was refused or taken.";

    public IEnumerable<Refusal> Check(SafetyLicenceLimited report, TaskFacts task)
    {
        if (!Decisions.Contains(report.Decision))
        {
            yield return new Refusal("choice-unknown", "决定应为不予颁发、不予延期、暂扣、吊销之一。", "The decision must be one of 不予颁发, 不予延期, 暂扣, 吊销.", Clause.R("3.5.1.b"), "decision");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写决定文书号。", "The number of the decision is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(SafetyLicenceLimited report) => $"已于{report.DecidedOn:yyyy-MM-dd}对安全生产许可证作出{report.Decision}决定({report.DecisionNumber})。";
}
