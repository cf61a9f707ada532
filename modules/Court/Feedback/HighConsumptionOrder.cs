using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>限制消费令 was issued against the subject (法释〔2015〕17号第三条).</summary>
internal sealed record HighConsumptionOrder
{
    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Number of the order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Day of the order.</summary>
    public DateOnly IssuedOn { get; init; }

    /// <summary>A unit is the debtor, and its legal representative and others responsible are bound as well.</summary>
    public bool RepresentativesToo { get; init; }
}

/// <summary>Takes in HighConsumptionOrder reports.</summary>
internal sealed class HighConsumptionOrderFeedback : IFeedback<HighConsumptionOrder>
{
    public static string Kind => "court/high-consumption-order";

    public static IReadOnlyList<string> Answers { get; } = ["P27"];

    public static string Summary => "An order restricting high consumption was issued.";

    public IEnumerable<Refusal> Check(HighConsumptionOrder report, TaskFacts task)
    {
        if (!CaseNumbers.Holds(report.CaseNumber))
        {
            yield return new Refusal("case-number-invalid", "执行案号形如（2026）鲁0811执123号。", "A case number of enforcement looks like （2026）鲁0811执123号.", Clause.R("3.5.1.b"), "caseNumber");
        }

        if (string.IsNullOrWhiteSpace(report.OrderNumber))
        {
            yield return new Refusal("field-required", "请填写限制消费令文号。", "The number of the order is missing.", Clause.R("3.5.1.b"), "orderNumber");
        }

        if (report.IssuedOn < task.IssuedOn || report.IssuedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "发出日期应在任务下达之日至今日之间。", "The day of the order must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "issuedOn");
        }
    }

    public string Describe(HighConsumptionOrder report) => $"已于{report.IssuedOn:yyyy-MM-dd}发出限制消费令({report.OrderNumber}，案号{report.CaseNumber}){(report.RepresentativesToo ? "，单位有关责任人员一并限制" : "")}。";
}
