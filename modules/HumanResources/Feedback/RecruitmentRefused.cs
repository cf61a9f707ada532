using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.HumanResources.Feedback;

/// <summary>限制招录(聘)为公务员或事业单位工作人员. It names the notice and the post, never the person.</summary>
internal sealed record RecruitmentRefused
{
    /// <summary>Title or number of the notice of recruitment.</summary>
    public required string Notice { get; init; }

    /// <summary>The post applied for.</summary>
    public required string Post { get; init; }

    /// <summary>报名审核, 考察 or 公示.</summary>
    public required string Stage { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RecruitmentRefused reports.</summary>
internal sealed class RecruitmentRefusedFeedback : IFeedback<RecruitmentRefused>
{
    private static readonly string[] Stages = ["报名审核", "考察", "公示"];

    public static string Kind => "wages/recruitment-refused";

    public static IReadOnlyList<string> Answers { get; } = ["P19"];

    public static string Summary => "A candidate for public service was refused.";

    public IEnumerable<Refusal> Check(RecruitmentRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Notice, "notice", "招录(聘)公告", "notice of recruitment"),
        .. ReportChecks.Text(report.Post, "post", "报考岗位", "post"),
        .. ReportChecks.OneOf(report.Stage, Stages, "stage", "环节", "stage"),
        .. ReportChecks.DoneWithin(report.RefusedOn, task, "refusedOn", "决定日期", "day of the refusal"),
    ];

    public string Describe(RecruitmentRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}在{report.Stage}环节不予招录(聘)({report.Notice}，{report.Post})。";
}
