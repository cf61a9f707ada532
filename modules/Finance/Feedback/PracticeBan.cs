using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Feedback;

/// <summary>市场和行业禁入 in accounting, valuation and procurement agency.</summary>
internal sealed record PracticeBan
{
    /// <summary>The profession.</summary>
    public required string Profession { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>First day of the ban.</summary>
    public DateOnly BannedFrom { get; init; }

    /// <summary>Last day of the ban.</summary>
    public DateOnly BannedTo { get; init; }
}

/// <summary>Takes in PracticeBan reports.</summary>
internal sealed class PracticeBanFeedback : IFeedback<PracticeBan>
{
    private static readonly string[] Professions = ["注册会计师", "会计人员", "资产评估专业人员", "政府采购代理从业人员"];

    public static string Kind => "finance/practice-ban";

    public static IReadOnlyList<string> Answers { get; } = ["P41"];

    public static string Summary => "A ban on professional practice in the finance field was ordered.";

    public IEnumerable<Refusal> Check(PracticeBan report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Profession, Professions, "profession", "职业", "profession"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "处理决定文号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
        .. ReportChecks.Period(report.BannedFrom, report.BannedTo, "bannedTo"),
    ];

    public string Describe(PracticeBan report) => $"已于{report.DecidedOn:yyyy-MM-dd}对其作出{report.Profession}禁入决定({report.DecisionNumber})，期限{report.BannedFrom:yyyy-MM-dd}至{report.BannedTo:yyyy-MM-dd}。";
}
