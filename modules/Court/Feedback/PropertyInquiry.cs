using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Feedback;

/// <summary>协助查询、控制: what an inquiry on the notice of the court found. It counts and never describes, so that it names nobody.</summary>
internal sealed record PropertyInquiry
{
    /// <summary>Number of the notice to assist (协助执行通知书 or 协助查询通知书).</summary>
    public required string AssistanceNotice { get; init; }

    /// <summary>What was looked up: 不动产, 车辆, 存款, 股权, 婚姻登记, 其他财产线索.</summary>
    public required string Matter { get; init; }

    /// <summary>How many items were found; zero when none.</summary>
    public int ItemsFound { get; init; }

    /// <summary>What was found was put under control as the notice asks.</summary>
    public bool Controlled { get; init; }

    /// <summary>Day the court was answered.</summary>
    public DateOnly AnsweredOn { get; init; }
}

/// <summary>Takes in PropertyInquiry reports.</summary>
internal sealed class PropertyInquiryFeedback : IFeedback<PropertyInquiry>
{
    private static readonly string[] Matters = ["不动产", "车辆", "存款", "股权", "婚姻登记", "其他财产线索"];

    public static string Kind => "court/property-inquiry";

    public static IReadOnlyList<string> Answers { get; } = ["P26"];

    public static string Summary => "Houses, vehicles or other property were looked up, and controlled, on the notice of the court.";

    public IEnumerable<Refusal> Check(PropertyInquiry report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.AssistanceNotice, "assistanceNotice", "协助查询(执行)通知书文号", "number of the notice"),
        .. ReportChecks.OneOf(report.Matter, Matters, "matter", "查询事项", "matter"),
        .. ReportChecks.DoneWithin(report.AnsweredOn, task, "answeredOn", "回复日期", "day of the answer"),
        .. Own(report, task),
    ];

    public string Describe(PropertyInquiry report) => $"已于{report.AnsweredOn:yyyy-MM-dd}协助查询{report.Matter}({report.AssistanceNotice})，查得{report.ItemsFound}项{(report.Controlled ? "，并已协助控制" : "")}。";

    private static IEnumerable<Refusal> Own(PropertyInquiry report, TaskFacts task)
    {
        if (report.ItemsFound is < 0 or > 10_000)
        {
            yield return new Refusal("items-out-of-range", "查得数量应为0至10000。", "The items found are between 0 and 10000.", Clause.R("3.5.1.b"), "itemsFound");
        }

        if (report.Controlled && report.ItemsFound == 0)
        {
            yield return new Refusal("nothing-to-control", "未查得财产的，不能填写已控制。", "Nothing was found, so nothing was controlled.", Clause.R("3.5.1.b"), "controlled");
        }

        // Stopping a tax debtor at the border shares the canonical measure, and no inquiry carries it out.
        if (task.MeasureKey.StartsWith("TAX-", StringComparison.Ordinal))
        {
            yield return new Refusal("inquiry-is-no-exit-ban", "阻止出境措施不能以查询结果反馈。", "An inquiry does not carry out a ban on leaving the country.", Clause.R("3.5.1.b"), "matter");
        }
    }
}
