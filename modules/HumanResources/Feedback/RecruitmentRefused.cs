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

    public IEnumerable<Refusal> Check(RecruitmentRefused report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Notice))
        {
            yield return new Refusal("field-required", "请填写招录(聘)公告。", "The notice of recruitment is missing.", Clause.R("3.5.1.b"), "notice");
        }

        if (string.IsNullOrWhiteSpace(report.Post))
        {
            yield return new Refusal("field-required", "请填写报考岗位。", "The post is missing.", Clause.R("3.5.1.b"), "post");
        }

        if (!Stages.Contains(report.Stage))
        {
            yield return new Refusal("stage-unknown", "环节应为报名审核、考察、公示之一。", "The stage must be 报名审核, 考察 or 公示.", Clause.R("3.5.1.b"), "stage");
        }

        if (report.RefusedOn < task.IssuedOn || report.RefusedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the refusal must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "refusedOn");
        }
    }

    public string Describe(RecruitmentRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}在{report.Stage}环节不予招录(聘)({report.Notice}，{report.Post})。";
}
