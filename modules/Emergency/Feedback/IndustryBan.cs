using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Feedback;

/// <summary>行业或职业禁入 (安全生产法第七十八条): five years, or for life in the grave cases of 第九十二条、第九十四条. It names the trade or profession, never the person.</summary>
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

    public IEnumerable<Refusal> Check(IndustryBan report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Field, "field", "禁入的行业或职业", "trade or profession"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "decision number"),
        .. ReportChecks.DoneWithin(report.From, task, "from", "禁入起始日", "first day of the ban"),
        .. report.To is { } last ? ReportChecks.Period(report.From, last, "to").Concat(ReportChecks.NoLongerThan(report.From, last, 5, "安全生产法第九十四条", "to")) : [],
    ];

    public string Describe(IndustryBan report) => $"已自{report.From:yyyy-MM-dd}起对其实施{report.Field}禁入({report.DecisionNumber})，{(report.To is { } last ? $"至{last:yyyy-MM-dd}止" : "终身禁入")}。";
}
