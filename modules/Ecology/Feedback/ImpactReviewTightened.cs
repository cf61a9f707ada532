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

    public IEnumerable<Refusal> Check(ImpactReviewTightened report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Project, "project", "项目名称", "project"),
        .. ReportChecks.OneOf(report.DocumentKind, DocumentKinds, "documentKind", "环评文件", "document kind"),
        .. ReportChecks.OneOf(report.Outcome, Outcomes, "outcome", "审查结果", "outcome"),
        .. report.Outcome == "批准" || report.Conditions is not null ? ReportChecks.Text(report.Conditions, "conditions", "附加的环保要求", "conditions of the approval") : [],
        .. ReportChecks.Text(report.DecisionNumber, "decisionNumber", "审批文书号", "number of the answer"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "审批日期", "day of the answer"),
    ];

    public string Describe(ImpactReviewTightened report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Project}”环评{report.DocumentKind}从严审查，结果为{report.Outcome}({report.DecisionNumber})。";
}
