using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Ecology.Feedback;

/// <summary>从严审查环评审批: the document of environmental impact and what came of it.</summary>
internal sealed record ImpactReviewTightened
{
    /// <summary>Name of the project.</summary>
    public required string Project { get; init; }

    /// <summary>报告书 or 报告表.</summary>
    public required string DocumentKind { get; init; }

    /// <summary>批准, 不予批准 or 退回补正.</summary>
    public required string Outcome { get; init; }

    /// <summary>Conditions of the approval; compulsory with 批准.</summary>
    public string? Conditions { get; init; }

    /// <summary>Number of the answer to the applicant.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the answer.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in ImpactReviewTightened reports.</summary>
internal sealed class ImpactReviewTightenedFeedback : IFeedback<ImpactReviewTightened>
{
    private static readonly string[] DocumentKinds = ["报告书", "报告表"];

    private static readonly string[] Outcomes = ["批准", "不予批准", "退回补正"];

    public static string Kind => "ecology/impact-review";

    public static IReadOnlyList<string> Answers { get; } = ["P09"];

    public static string Summary => "A document of environmental impact was reviewed strictly.";

    public IEnumerable<Refusal> Check(ImpactReviewTightened report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写项目名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
        }

        if (!DocumentKinds.Contains(report.DocumentKind))
        {
            yield return new Refusal("document-kind-unknown", "环评文件应为报告书、报告表之一。", "The document must be 报告书 or 报告表.", Clause.R("3.5.1.b"), "documentKind");
        }

        if (!Outcomes.Contains(report.Outcome))
        {
            yield return new Refusal("outcome-unknown", "审查结果应为批准、不予批准、退回补正之一。", "The outcome must be 批准, 不予批准 or 退回补正.", Clause.R("3.5.1.b"), "outcome");
        }

        if (report.Outcome == "批准" && string.IsNullOrWhiteSpace(report.Conditions))
        {
            yield return new Refusal("conditions-missing", "从严审查后批准的，请填写附加的环保要求。", "An approval after strict review states its conditions.", Clause.R("3.5.1.b"), "conditions");
        }

        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写审批文书号。", "The number of the answer is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "审批日期应在任务下达之日至今日之间。", "The day of the answer must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(ImpactReviewTightened report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Project}”环评{report.DocumentKind}从严审查，结果为{report.Outcome}({report.DecisionNumber})。";
}
