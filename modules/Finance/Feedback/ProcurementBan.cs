using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Feedback;

/// <summary>禁止参加政府采购活动: the finance bureau entered the ban in the procurement platform.</summary>
internal sealed record ProcurementBan
{
    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>First day of the ban.</summary>
    public DateOnly BannedFrom { get; init; }

    /// <summary>Last day of the ban.</summary>
    public DateOnly BannedTo { get; init; }
}

/// <summary>Takes in ProcurementBan reports.</summary>
internal sealed class ProcurementBanFeedback : IFeedback<ProcurementBan>
{
    public static string Kind => "finance/procurement-ban";

    public static IReadOnlyList<string> Answers { get; } = ["P01"];

    public static string Summary => "The subject was banned from government procurement.";

    public IEnumerable<Refusal> Check(ProcurementBan report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "处理决定文号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
        .. ReportChecks.BeginsAfter(report.DecidedOn, report.BannedFrom, "bannedFrom"),
        .. ReportChecks.Period(report.BannedFrom, report.BannedTo, "bannedTo"),
        .. ReportChecks.NoLongerThan(report.BannedFrom, report.BannedTo, 3, "政府采购法第七十七条", "bannedTo"),
    ];

    public string Describe(ProcurementBan report) => $"已于{report.DecidedOn:yyyy-MM-dd}决定禁止其参加政府采购活动({report.DecisionNumber})，期限{report.BannedFrom:yyyy-MM-dd}至{report.BannedTo:yyyy-MM-dd}。";
}
