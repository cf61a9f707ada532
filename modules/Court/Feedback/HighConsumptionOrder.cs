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

    public IEnumerable<Refusal> Check(HighConsumptionOrder report, TaskFacts task) =>
    [
        .. CaseNumbers.Check(report.CaseNumber, "caseNumber"),
        .. ReportChecks.Text(report.OrderNumber, "orderNumber", "限制消费令文号", "number of the order"),
        .. ReportChecks.DoneWithin(report.IssuedOn, task, "issuedOn", "发出日期", "day of the order"),
    ];

    public string Describe(HighConsumptionOrder report) => $"已于{report.IssuedOn:yyyy-MM-dd}发出限制消费令({report.OrderNumber}，案号{report.CaseNumber}){(report.RepresentativesToo ? "，单位有关责任人员一并限制" : "")}。";
}
