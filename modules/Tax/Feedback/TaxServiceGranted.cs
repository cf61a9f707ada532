using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Tax.Feedback;

/// <summary>An incentive of the class-A memorandum was given.</summary>
internal sealed record TaxServiceGranted
{
    /// <summary>What was given, for example 发票按需领用.</summary>
    public required string Service { get; init; }

    /// <summary>Day it was given.</summary>
    public DateOnly GrantedOn { get; init; }
}

/// <summary>Takes in TaxServiceGranted reports.</summary>
internal sealed class TaxServiceGrantedFeedback : IFeedback<TaxServiceGranted>
{
    public static string Kind => "tax/service-granted";

    public static IReadOnlyList<string> Answers { get; } = ["R06", "R10"];

    public static string Summary => "A class-A taxpayer was given an incentive in tax service.";

    public IEnumerable<Refusal> Check(TaxServiceGranted report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Service))
        {
            yield return new Refusal("field-required", "请填写激励措施。", "The service is missing.", Clause.R("3.5.1.b"), "service");
        }

        if (report.GrantedOn < task.IssuedOn || report.GrantedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "提供日期应在任务下达之日至今日之间。", "The day it was given must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "grantedOn");
        }
    }

    public string Describe(TaxServiceGranted report) => $"已于{report.GrantedOn:yyyy-MM-dd}提供激励措施: {report.Service}。";
}
