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
    // Longest ban that ends, in years; who may never practise again is banned by a judgment, which is not the bureau's to report.
    private static readonly (string Profession, int Years, string Law)[] Longest =
    [
        ("注册会计师", 5, "注册会计师法第十条"),
        ("会计人员", 5, "会计法"),
        ("资产评估专业人员", 5, "资产评估法第四十五条"),
        ("政府采购代理从业人员", 3, "政府采购法第七十八条"),
    ];

    public static string Kind => "finance/practice-ban";

    public static IReadOnlyList<string> Answers { get; } = ["P41"];

    public static string Summary => "A ban on professional practice in the finance field was ordered.";

    public IEnumerable<Refusal> Check(PracticeBan report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Profession, [.. Longest.Select(each => each.Profession)], "profession", "职业", "profession"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "处理决定文号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
        .. ReportChecks.BeginsAfter(report.DecidedOn, report.BannedFrom, "bannedFrom"),
        .. ReportChecks.Period(report.BannedFrom, report.BannedTo, "bannedTo"),
        .. Longest.Where(each => each.Profession == report.Profession).SelectMany(each => ReportChecks.NoLongerThan(report.BannedFrom, report.BannedTo, each.Years, each.Law, "bannedTo")),
    ];

    public string Describe(PracticeBan report) => $"已于{report.DecidedOn:yyyy-MM-dd}对其作出{report.Profession}禁入决定({report.DecisionNumber})，期限{report.BannedFrom:yyyy-MM-dd}至{report.BannedTo:yyyy-MM-dd}。";
}
