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

    public IEnumerable<Refusal> Check(SafetyLicenceRefused report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Licence))
        {
            yield return new Refusal("field-required", "请填写许可证种类。", "The kind of licence is missing.", Clause.R("3.5.1.b"), "licence");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写决定文书号。", "The decision number is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(SafetyLicenceRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}对其{report.Licence}申请不予许可({report.DecisionNumber})。";
}
