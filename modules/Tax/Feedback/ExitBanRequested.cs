using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Tax.Feedback;

/// <summary>阻止出境 was requested: tax owed is neither paid nor secured (税收征管法第四十四条).</summary>
internal sealed record ExitBanRequested
{
    /// <summary>Number of the request for border control.</summary>
    public required string RequestNumber { get; init; }

    /// <summary>Day of the request.</summary>
    public DateOnly RequestedOn { get; init; }

    /// <summary>Tax and late fees owed, in yuan.</summary>
    public decimal TaxOwed { get; init; }

    /// <summary>Security was given; then no ban may be asked for.</summary>
    public bool Secured { get; init; }
}

/// <summary>Takes in ExitBanRequested reports.</summary>
internal sealed class ExitBanRequestedFeedback : IFeedback<ExitBanRequested>
{
    public static string Kind => "tax/exit-ban-requested";

    public static IReadOnlyList<string> Answers { get; } = ["P26"];

    public static string Summary => "The provincial tax authority was asked to have the subject stopped at the border.";

    public IEnumerable<Refusal> Check(ExitBanRequested report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.RequestNumber))
        {
            yield return new Refusal("field-required", "请填写申请文书号。", "The request number is missing.", Clause.R("3.5.1.b"), "requestNumber");
        }

        if (report.RequestedOn < task.IssuedOn || report.RequestedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "申请日期应在任务下达之日至今日之间。", "The day of the request must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "requestedOn");
        }

        if (report.TaxOwed <= 0)
        {
            yield return new Refusal("amount-not-positive", "欠缴金额应大于零。", "The tax owed must be more than zero.", Clause.R("3.5.1.b"), "taxOwed");
        }

        foreach (var refusal in ReportChecks.Amount(report.TaxOwed, "taxOwed", "欠缴金额", "tax owed").Where(refusal => report.TaxOwed > 0))
        {
            yield return refusal;
        }

        if (report.Secured)
        {
            yield return new Refusal("tax-is-secured", "已提供担保的，不得阻止出境。", "Security was given, so the subject may leave.", Clause.R("3.5.1.b"), "secured");
        }
    }

    public string Describe(ExitBanRequested report) => $"已报请阻止出境({report.RequestNumber})，欠缴税款及滞纳金{report.TaxOwed:0.00}元。";
}
