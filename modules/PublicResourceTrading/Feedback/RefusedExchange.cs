using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.PublicResourceTrading.Feedback;

/// <summary>限制参与国有产权、土地使用权、矿业权等公共资源交易.</summary>
internal sealed record RefusedExchange
{
    /// <summary>Name of the project on the exchange.</summary>
    public required string Project { get; init; }

    /// <summary>The right traded, for example 土地使用权.</summary>
    public required string Right { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RefusedExchange reports.</summary>
internal sealed class RefusedExchangeFeedback : IFeedback<RefusedExchange>
{
    public static string Kind => "trading/refused-exchange";

    public static IReadOnlyList<string> Answers { get; } = ["P03", "P04"];

    public static string Summary => "The subject was kept out of an exchange of land, mining or state-owned rights.";

    public IEnumerable<Refusal> Check(RefusedExchange report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写项目名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
        }

        if (string.IsNullOrWhiteSpace(report.Right))
        {
            yield return new Refusal("field-required", "请填写交易标的。", "The right is missing.", Clause.R("3.5.1.b"), "right");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "拒绝日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(RefusedExchange report) => $"已于{report.RefusedOn:yyyy-MM-dd}拒绝其参与“{report.Project}”{report.Right}交易。";
}
