using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Commerce.Feedback;

/// <summary>住宿宾馆饭店限制: hotels and restaurants of the district were told whom they may not serve above the ordinary (法释〔2015〕17号第三条).</summary>
internal sealed record HighSpendingNotice
{
    /// <summary>Number of the notice.</summary>
    public required string NoticeNumber { get; init; }

    /// <summary>星级宾馆, 酒店, 夜总会 or 高尔夫球场.</summary>
    public required string Venue { get; init; }

    /// <summary>How many of them were told.</summary>
    public int VenuesTold { get; init; }

    /// <summary>How many refused the subject since, as they reported; zero when none.</summary>
    public int Refusals { get; init; }

    /// <summary>Day of the notice.</summary>
    public DateOnly NotifiedOn { get; init; }
}

/// <summary>Takes in HighSpendingNotice reports.</summary>
internal sealed class HighSpendingNoticeFeedback : IFeedback<HighSpendingNotice>
{
    private static readonly string[] Venues = ["星级宾馆", "酒店", "夜总会", "高尔夫球场"];

    public static string Kind => "commerce/high-spending-notice";

    public static IReadOnlyList<string> Answers { get; } = ["P27"];

    public static string Summary => "Hotels and restaurants were told of an order that restricts high consumption.";

    public IEnumerable<Refusal> Check(HighSpendingNotice report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.NoticeNumber, "noticeNumber", "通知文号", "number of the notice"),
        .. ReportChecks.OneOf(report.Venue, Venues, "venue", "场所类型", "kind of venue"),
        .. ReportChecks.Between(report.VenuesTold, 1, 10_000, "venuesTold", "通知场所数", "number of venues told"),
        .. ReportChecks.Between(report.Refusals, 0, report.VenuesTold, "refusals", "拒绝接待家数", "number of refusals"),
        .. ReportChecks.DoneWithin(report.NotifiedOn, task, "notifiedOn", "通知日期", "day of the notice"),
    ];

    public string Describe(HighSpendingNotice report) => $"已于{report.NotifiedOn:yyyy-MM-dd}向{report.VenuesTold}家{report.Venue}通知限制消费要求({report.NoticeNumber})，其中{report.Refusals}家报告已拒绝接待。";
}
