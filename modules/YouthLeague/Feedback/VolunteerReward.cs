using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.YouthLeague.Feedback;

/// <summary>优秀青年志愿者激励: an outstanding volunteer was given an advantage.</summary>
internal sealed record VolunteerReward
{
    /// <summary>Field of the plan.</summary>
    public required string Field { get; init; }

    /// <summary>What was given.</summary>
    public required string Reward { get; init; }

    /// <summary>Day it was given.</summary>
    public DateOnly GivenOn { get; init; }
}

/// <summary>Takes in VolunteerReward reports.</summary>
internal sealed class VolunteerRewardFeedback : IFeedback<VolunteerReward>
{
    private static readonly string[] Fields = ["教育", "就业和创新创业", "社会保障服务", "融资租赁服务", "文化生活服务", "评先树优"];

    public static string Kind => "youth/volunteer-reward";

    public static IReadOnlyList<string> Answers { get; } = ["R09", "R11", "R12"];

    public static string Summary => "An outstanding volunteer was given an advantage.";

    public IEnumerable<Refusal> Check(VolunteerReward report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Field, Fields, "field", "激励领域", "field"),
        .. ReportChecks.Text(report.Reward, "reward", "激励措施", "reward"),
        .. ReportChecks.DoneWithin(report.GivenOn, task, "givenOn", "实施日期", "day it was given"),
    ];

    public string Describe(VolunteerReward report) => $"已于{report.GivenOn:yyyy-MM-dd}在{report.Field}领域给予激励: {report.Reward}。";
}
