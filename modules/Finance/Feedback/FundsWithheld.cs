using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Finance.Feedback;

/// <summary>限制政府性资金支持: an application for public funds was treated more strictly.</summary>
internal sealed record FundsWithheld
{
    /// <summary>Name of the fund or subsidy.</summary>
    public required string Fund { get; init; }

    /// <summary>How the application was treated.</summary>
    public required string Treatment { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in FundsWithheld reports.</summary>
internal sealed class FundsWithheldFeedback : IFeedback<FundsWithheld>
{
    private static readonly string[] Treatments = ["不予支持", "降低额度", "暂停拨付", "从严审核"];

    public static string Kind => "finance/funds-withheld";

    public static IReadOnlyList<string> Answers { get; } = ["P06"];

    public static string Summary => "Public funds were withheld, cut or examined more strictly.";

    public IEnumerable<Refusal> Check(FundsWithheld report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Fund, "fund", "资金名称", "fund"),
        .. ReportChecks.OneOf(report.Treatment, Treatments, "treatment", "处理方式", "treatment"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(FundsWithheld report) => $"已于{report.DecidedOn:yyyy-MM-dd}对其申请的“{report.Fund}”{report.Treatment}。";
}
