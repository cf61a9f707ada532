using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Commerce.Feedback;

/// <summary>限制享受优惠性政策 in trade and investment.</summary>
internal sealed record PreferenceWithheld
{
    /// <summary>The policy.</summary>
    public required string Policy { get; init; }

    /// <summary>How the application was treated.</summary>
    public required string Treatment { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in PreferenceWithheld reports.</summary>
internal sealed class PreferenceWithheldFeedback : IFeedback<PreferenceWithheld>
{
    private static readonly string[] Treatments = ["不予享受", "从严审核"];

    public static string Kind => "commerce/preference-withheld";

    public static IReadOnlyList<string> Answers { get; } = ["P07"];

    public static string Summary => "A preferential policy of trade or investment was withheld.";

    public IEnumerable<Refusal> Check(PreferenceWithheld report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Policy, "policy", "优惠政策", "policy"),
        .. ReportChecks.OneOf(report.Treatment, Treatments, "treatment", "处理方式", "treatment"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(PreferenceWithheld report) => $"已于{report.DecidedOn:yyyy-MM-dd}对优惠政策“{report.Policy}”{report.Treatment}。";
}
