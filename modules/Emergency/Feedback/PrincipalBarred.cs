using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Feedback;

/// <summary>
/// 不得担任生产经营单位主要负责人 (安全生产法第九十四条): five years from the removal or from the end of the sentence, for life in the
/// trade after a major accident. It names the decision, never the person.
/// </summary>
internal sealed record PrincipalBarred
{
    /// <summary>撤职处分 or 刑事处罚.</summary>
    public required string Ground { get; init; }

    /// <summary>Number of the decision or judgment.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day the removal took effect, or the sentence was served.</summary>
    public DateOnly GroundOn { get; init; }

    /// <summary>Responsible for a major or particularly major accident (重大、特别重大生产安全事故).</summary>
    public bool MajorAccident { get; init; }

    /// <summary>Last day of the bar, included; none for one for life.</summary>
    public DateOnly? BarredUntil { get; init; }

    /// <summary>Day the registration authority was told.</summary>
    public DateOnly NotifiedOn { get; init; }
}

/// <summary>Takes in PrincipalBarred reports.</summary>
internal sealed class PrincipalBarredFeedback : IFeedback<PrincipalBarred>
{
    private const string Law = "安全生产法第九十四条";

    private static readonly string[] Grounds = ["撤职处分", "刑事处罚"];

    public static string Kind => "emergency/principal-barred";

    public static IReadOnlyList<string> Answers { get; } = ["P17"];

    public static string Summary => "The registration authority was told who may not be in charge of an enterprise after a breach of work safety.";

    public IEnumerable<Refusal> Check(PrincipalBarred report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Ground, Grounds, "ground", "限制任职事由", "ground"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "处分决定(判决书)文号", "decision number"),
        .. report.GroundOn > task.Today
            ? [new Refusal("date-out-of-range", "处分生效或者刑罚执行完毕之日不得晚于今日。", "The removal took effect, or the sentence was served, today at the latest.", Clause.R("3.5.1.b"), "groundOn")]
            : Array.Empty<Refusal>(),
        .. report.MajorAccident == report.BarredUntil.HasValue
            ? [new Refusal("bar-lifelong", "对重大、特别重大生产安全事故负有责任的终身不得任职，不填截止日；其他情形应填截止日。", "Who is responsible for a major accident is barred for life and has no last day; every other bar has one.", Clause.Standard(Law), "barredUntil")]
            : Array.Empty<Refusal>(),
        .. report.BarredUntil is { } last ? ReportChecks.Period(report.NotifiedOn, last, "barredUntil").Concat(ReportChecks.NoLongerThan(report.GroundOn, last, 5, Law, "barredUntil")) : [],
        .. ReportChecks.DoneWithin(report.NotifiedOn, task, "notifiedOn", "通知日期", "day of the notice"),
    ];

    public string Describe(PrincipalBarred report) => $"已于{report.NotifiedOn:yyyy-MM-dd}将限制任职信息({report.Ground}，{report.DecisionNumber})通知登记机关，{(report.BarredUntil is { } last ? $"至{last:yyyy-MM-dd}止" : "终身")}不得担任生产经营单位主要负责人。";
}
