using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Feedback;

/// <summary>知识产权领域惩戒: a benefit in patent matters was taken away.</summary>
internal sealed record PatentBenefitCancelled
{
    /// <summary>The benefit.</summary>
    public required string Benefit { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in PatentBenefitCancelled reports.</summary>
internal sealed class PatentBenefitCancelledFeedback : IFeedback<PatentBenefitCancelled>
{
    private static readonly string[] Benefits = ["快速授权确权通道", "专利费用减缴", "专利优先审查", "示范优势企业申报", "专利运营试点申报"];

    public static string Kind => "market/patent-benefit-cancelled";

    public static IReadOnlyList<string> Answers { get; } = ["P07"];

    public static string Summary => "A benefit in patent matters was taken away.";

    public IEnumerable<Refusal> Check(PatentBenefitCancelled report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Benefit, Benefits, "benefit", "便利事项", "benefit"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文号", "decision number"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(PatentBenefitCancelled report) => $"已于{report.DecidedOn:yyyy-MM-dd}取消其{report.Benefit}资格({report.DecisionNumber})。";
}
