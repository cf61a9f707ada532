using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.YouthLeague.Feedback;

/// <summary>限制获得荣誉称号: an honour of the youth league was refused or withdrawn.</summary>
internal sealed record YouthHonourRefused
{
    /// <summary>The honour.</summary>
    public required string Honour { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in YouthHonourRefused reports.</summary>
internal sealed class YouthHonourRefusedFeedback : IFeedback<YouthHonourRefused>
{
    private static readonly string[] Actions = ["取消评选资格", "撤销称号"];

    public static string Kind => "youth/honour-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P32"];

    public static string Summary => "An honour of the youth league was refused or withdrawn.";

    public IEnumerable<Refusal> Check(YouthHonourRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Honour, "honour", "荣誉称号", "honour"),
        .. ReportChecks.OneOf(report.Action, Actions, "action", "处理方式", "action"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(YouthHonourRefused report) => $"已于{report.DecidedOn:yyyy-MM-dd}就“{report.Honour}”{report.Action}。";
}
