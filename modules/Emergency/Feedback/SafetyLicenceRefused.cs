using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Feedback;

/// <summary>限制取得安全生产许可: the licence applied for was refused.</summary>
internal sealed record SafetyLicenceRefused
{
    /// <summary>Kind of licence, for example 危险化学品经营许可证.</summary>
    public required string Licence { get; init; }

    /// <summary>Number of the refusal.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in SafetyLicenceRefused reports.</summary>
internal sealed class SafetyLicenceRefusedFeedback : IFeedback<SafetyLicenceRefused>
{
    public static string Kind => "emergency/licence-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P37"];

    public static string Summary => "A licence of work safety was refused.";

    public IEnumerable<Refusal> Check(SafetyLicenceRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Licence, "licence", "许可证种类", "kind of licence"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "decision number"),
        .. ReportChecks.DoneWithin(report.RefusedOn, task, "refusedOn", "决定日期", "day of the refusal"),
    ];

    public string Describe(SafetyLicenceRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}对其{report.Licence}申请不予许可({report.DecisionNumber})。";
}
