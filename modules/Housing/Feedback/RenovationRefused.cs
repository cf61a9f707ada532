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

    public IEnumerable<Refusal> Check(RenovationRefused report, TaskFacts task)
    {
        if (!Kinds.Contains(report.Works))
        {
            yield return new Refusal("choice-unknown", "工程类别应为新建房屋、扩建房屋、高档装修之一。", "The works must be one of 新建房屋, 扩建房屋, 高档装修.", Clause.R("3.5.1.b"), "works");
        }

        if (string.IsNullOrWhiteSpace(report.ApplicationNumber))
        {
            yield return new Refusal("field-required", "请填写申请(备案)编号。", "The number of the application is missing.", Clause.R("3.5.1.b"), "applicationNumber");
        }

        if (string.IsNullOrWhiteSpace(report.OrderNumber))
        {
            yield return new Refusal("field-required", "请填写限制消费令文号。", "The number of the court order is missing.", Clause.R("3.5.1.b"), "orderNumber");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(RenovationRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}依限制消费令({report.OrderNumber})对{report.Works}申请({report.ApplicationNumber})不予办理。";
}
