using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.PublicResourceTrading.Feedback;

/// <summary>禁止参加政府采购活动. The trading centre runs the procurement; the finance bureau answers for it.</summary>
internal sealed record ProcurementRefused
{
    /// <summary>Name of the procurement project.</summary>
    public required string Project { get; init; }

    /// <summary>Number of the procurement.</summary>
    public required string ProcurementNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in ProcurementRefused reports.</summary>
internal sealed class ProcurementRefusedFeedback : IFeedback<ProcurementRefused>
{
    public static string Kind => "trading/procurement-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P01"];

    public static string Summary => "The subject was refused as supplier in a government procurement.";

    public IEnumerable<Refusal> Check(ProcurementRefused report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写项目名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
        }

        if (string.IsNullOrWhiteSpace(report.ProcurementNumber))
        {
            yield return new Refusal("field-required", "请填写采购编号。", "The procurement number is missing.", Clause.R("3.5.1.b"), "procurementNumber");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "拒绝日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(ProcurementRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}拒绝其参加“{report.Project}”采购({report.ProcurementNumber})。";
}
