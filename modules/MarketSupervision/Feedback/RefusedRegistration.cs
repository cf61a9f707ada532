using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.MarketSupervision.Feedback;

/// <summary>限制担任法定代表人、董事、监事、高级管理人员. It names the company and the office, never the person.</summary>
internal sealed record RefusedRegistration
{
    /// <summary>Name of the company that applied.</summary>
    public required string Company { get; init; }

    /// <summary>The office applied for, for example 法定代表人.</summary>
    public required string Office { get; init; }

    /// <summary>Number of the refusal.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RefusedRegistration reports.</summary>
internal sealed class RefusedRegistrationFeedback : IFeedback<RefusedRegistration>
{
    private static readonly string[] Offices = ["法定代表人", "董事", "监事", "高级管理人员", "主要负责人"];

    public static string Kind => "market/refused-registration";

    public static IReadOnlyList<string> Answers { get; } = ["P17"];

    public static string Summary => "A registration or filing of an office in a company was refused.";

    public IEnumerable<Refusal> Check(RefusedRegistration report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Company))
        {
            yield return new Refusal("field-required", "请填写企业名称。", "The company is missing.", Clause.R("3.5.1.b"), "company");
        }

        if (!Offices.Contains(report.Office))
        {
            yield return new Refusal("office-unknown", "职务应为法定代表人、董事、监事、高级管理人员、主要负责人之一。", "The office must be one of 法定代表人, 董事, 监事, 高级管理人员, 主要负责人.", Clause.R("3.5.1.b"), "office");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写决定文书号。", "The decision number is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(RefusedRegistration report) => $"已于{report.RefusedOn:yyyy-MM-dd}对{report.Company}的{report.Office}登记不予受理({report.DecisionNumber})。";
}
