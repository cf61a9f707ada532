using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.PublicResourceTrading.Feedback;

/// <summary>不得聘用为评标评审专家. The subject is known from the task; the report names the pool only.</summary>
internal sealed record ExpertNotAppointed
{
    /// <summary>Name of the pool of experts.</summary>
    public required string Pool { get; init; }

    /// <summary>Had been appointed and was removed.</summary>
    public bool Removed { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in ExpertNotAppointed reports.</summary>
internal sealed class ExpertNotAppointedFeedback : IFeedback<ExpertNotAppointed>
{
    public static string Kind => "trading/expert-not-appointed";

    public static IReadOnlyList<string> Answers { get; } = ["P45"];

    public static string Summary => "A person was not appointed as expert, or was removed from the pool.";

    public IEnumerable<Refusal> Check(ExpertNotAppointed report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Pool))
        {
            yield return new Refusal("field-required", "请填写专家库名称。", "The pool is missing.", Clause.R("3.5.1.b"), "pool");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(ExpertNotAppointed report) => $"{(report.Removed ? "已清退出" : "未聘用进入")}{report.Pool}({report.DecidedOn:yyyy-MM-dd})。";
}
