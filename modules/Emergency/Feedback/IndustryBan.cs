using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Feedback;

/// <summary>行业或职业禁入 (安全生产法第七十八条). It names the trade or profession, never the person.</summary>
internal sealed record IndustryBan
{
    /// <summary>Trade or profession it is banned from, for example 危险化学品经营.</summary>
    public required string Field { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>First day of the ban.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day of the ban, included; none for a lifelong one.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Takes in IndustryBan reports.</summary>
internal sealed class IndustryBanFeedback : IFeedback<IndustryBan>
{
    public static string Kind => "emergency/industry-ban";

    public static IReadOnlyList<string> Answers { get; } = ["P41"];

    public static string Summary => "The subject was banned from a trade or a profession.";

    public IEnumerable<Refusal> Check(IndustryBan report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Field))
        {
            yield return new Refusal("field-required", "请填写禁入的行业或职业。", "The trade or profession is missing.", Clause.R("3.5.1.b"), "field");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写决定文书号。", "The decision number is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.From < task.IssuedOn || report.From > task.Today)
        {
            yield return new Refusal("date-out-of-range", "禁入起始日应在任务下达之日至今日之间。", "The first day of the ban must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "from");
        }

        if (report.To < report.From)
        {
            yield return new Refusal("period-reversed", "禁入截止日早于起始日。", "The ban ends before it begins.", Clause.R("3.5.1.b"), "to");
        }
    }

    public string Describe(IndustryBan report) => $"已自{report.From:yyyy-MM-dd}起对其实施{report.Field}禁入({report.DecisionNumber})，{(report.To is { } last ? $"至{last:yyyy-MM-dd}止" : "终身禁入")}。";
}
