using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>限制取得安全生产许可证 (建筑施工).</summary>
internal sealed record SafetyLicenceLimited
{
    /// <summary>不予颁发, 不予延期, 暂扣 or 吊销.</summary>
    public required string Decision { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in SafetyLicenceLimited reports.</summary>
internal sealed class SafetyLicenceLimitedFeedback : IFeedback<SafetyLicenceLimited>
{
    private static readonly string[] Decisions = ["不予颁发", "不予延期", "暂扣", "吊销"];

    public static string Kind => "housing/safety-licence-limited";

    public static IReadOnlyList<string> Answers { get; } = ["P37"];

    public static string Summary => "A work safety licence of a construction enterprise was refused or taken.";

    public IEnumerable<Refusal> Check(SafetyLicenceLimited report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Decision, Decisions, "decision", "决定", "decision"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "number of the decision"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(SafetyLicenceLimited report) => $"已于{report.DecidedOn:yyyy-MM-dd}对安全生产许可证作出{report.Decision}决定({report.DecisionNumber})。";
}
