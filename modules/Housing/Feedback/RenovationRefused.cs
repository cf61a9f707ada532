using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>限制新建、扩建、高档装修房屋: an application of a debtor under a high-consumption order was refused.</summary>
internal sealed record RenovationRefused
{
    /// <summary>新建房屋, 扩建房屋 or 高档装修.</summary>
    public required string Works { get; init; }

    /// <summary>Number of the application or filing.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>Number of the court order it rests on (限制消费令).</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RenovationRefused reports.</summary>
internal sealed class RenovationRefusedFeedback : IFeedback<RenovationRefused>
{
    private static readonly string[] Kinds = ["新建房屋", "扩建房屋", "高档装修"];

    public static string Kind => "housing/renovation-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P27"];

    public static string Summary => "Building, extending or renovating a house was refused to a debtor.";

    public IEnumerable<Refusal> Check(RenovationRefused report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Works, Kinds, "works", "工程类别", "works"),
        .. ReportChecks.Text(report.ApplicationNumber, "applicationNumber", "申请(备案)编号", "number of the application"),
        .. ReportChecks.Text(report.OrderNumber, "orderNumber", "限制消费令文号", "number of the court order"),
        .. ReportChecks.DoneWithin(report.RefusedOn, task, "refusedOn", "决定日期", "day of the refusal"),
    ];

    public string Describe(RenovationRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}依限制消费令({report.OrderNumber})对{report.Works}申请({report.ApplicationNumber})不予办理。";
}
