using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>
/// 限制担任相关职务: the court told the registration authority of a judgment that bars from offices in companies (公司法第一百七十八条
/// 第一款第(二)项). It names the judgment, never the person.
/// </summary>
internal sealed record OfficeBarNotified
{
    /// <summary>Number of the judgment (刑事判决书文号).</summary>
    public required string JudgmentNumber { get; init; }

    /// <summary>Number of the notice to the registration authority.</summary>
    public required string NoticeNumber { get; init; }

    /// <summary>The sentence is suspended (缓刑).</summary>
    public bool Suspended { get; init; }

    /// <summary>Last day of the sentence, or of the probation of a suspended one.</summary>
    public DateOnly SentenceEndsOn { get; init; }

    /// <summary>Last day of the bar, included.</summary>
    public DateOnly BarredUntil { get; init; }

    /// <summary>Day the registration authority was told.</summary>
    public DateOnly NotifiedOn { get; init; }
}

/// <summary>Takes in OfficeBarNotified reports.</summary>
internal sealed class OfficeBarNotifiedFeedback : IFeedback<OfficeBarNotified>
{
    public static string Kind => "court/office-bar-notified";

    public static IReadOnlyList<string> Answers { get; } = ["P17"];

    public static string Summary => "The registration authority was told of a judgment that bars from offices in companies.";

    public IEnumerable<Refusal> Check(OfficeBarNotified report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.JudgmentNumber, "judgmentNumber", "刑事判决书文号", "number of the judgment"),
        .. ReportChecks.Text(report.NoticeNumber, "noticeNumber", "通知文号", "number of the notice"),
        // No term of imprisonment is longer than twenty-five years (刑法第六十九条).
        .. ReportChecks.NoLongerThan(task.Today, report.SentenceEndsOn, 25, "刑法第六十九条", "sentenceEndsOn"),
        .. ReportChecks.Period(report.NotifiedOn, report.BarredUntil, "barredUntil"),
        .. ReportChecks.NoLongerThan(report.SentenceEndsOn, report.BarredUntil, report.Suspended ? 2 : 5, "公司法第一百七十八条", "barredUntil"),
        .. ReportChecks.DoneWithin(report.NotifiedOn, task, "notifiedOn", "通知日期", "day of the notice"),
    ];

    public string Describe(OfficeBarNotified report) => $"已于{report.NotifiedOn:yyyy-MM-dd}将限制任职信息({report.JudgmentNumber})通知登记机关({report.NoticeNumber})，限制任职至{report.BarredUntil:yyyy-MM-dd}止。";
}
