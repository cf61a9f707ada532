using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>对注册执业人员、企业资质的限制. It names the register and never the person.</summary>
internal sealed record ProfessionLimited
{
    /// <summary>Register or qualification, for example 注册建造师, 房地产开发企业资质.</summary>
    public required string Register { get; init; }

    /// <summary>记入信用档案, 不予注册, 撤销注册, 限制资质升级 or 降低资质等级.</summary>
    public required string Decision { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>How many months it lasts; zero for an entry in the credit file only.</summary>
    public int Months { get; init; }
}

/// <summary>Takes in ProfessionLimited reports.</summary>
internal sealed class ProfessionLimitedFeedback : IFeedback<ProfessionLimited>
{
    private static readonly string[] Decisions = ["记入信用档案", "不予注册", "撤销注册", "限制资质升级", "降低资质等级"];

    public static string Kind => "housing/profession-limited";

    public static IReadOnlyList<string> Answers { get; } = ["P41", "P08"];

    public static string Summary => "A registration to practise or a qualification of an enterprise was limited.";

    public IEnumerable<Refusal> Check(ProfessionLimited report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Register, "register", "注册类别或资质名称", "register"),
        .. ReportChecks.OneOf(report.Decision, Decisions, "decision", "决定", "decision"),
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "决定文书号", "number of the decision"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
        .. Own(report),
    ];

    public string Describe(ProfessionLimited report) => $"已于{report.DecidedOn:yyyy-MM-dd}对{report.Register}作出{report.Decision}决定({report.DecisionNumber}){(report.Months > 0 ? $"，期限{report.Months}个月" : "")}。";

    private static IEnumerable<Refusal> Own(ProfessionLimited report)
    {
        if (report.Months is < 0 or > 60 || (report.Decision == "记入信用档案") != (report.Months == 0))
        {
            yield return new Refusal("months-out-of-range", "仅记入信用档案的期限填0，其他决定的期限为1至60个月。", "An entry in the credit file only has 0 months; other decisions last 1 to 60.", Clause.R("3.5.1.b"), "months");
        }
    }
}
