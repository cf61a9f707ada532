using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>限制参与工程建设项目投标: the bid was limited in a project that the bureau supervises.</summary>
internal sealed record LimitedBid
{
    /// <summary>Name of the construction project.</summary>
    public required string Project { get; init; }

    /// <summary>Section of the project (标段).</summary>
    public required string Section { get; init; }

    /// <summary>Number of the tender document whose clause limits it.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly LimitedOn { get; init; }
}

/// <summary>Takes in LimitedBid reports.</summary>
internal sealed class LimitedBidFeedback : IFeedback<LimitedBid>
{
    public static string Kind => "housing/limited-bid";

    public static IReadOnlyList<string> Answers { get; } = ["P02"];

    public static string Summary => "A bid in a construction project was limited.";

    public IEnumerable<Refusal> Check(LimitedBid report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Project, "project", "工程名称", "project"),
        .. ReportChecks.Text(report.Section, "section", "标段", "section"),
        .. ReportChecks.Text(report.TenderDocument, "tenderDocument", "招标文件编号", "tender document"),
        .. ReportChecks.DoneWithin(report.LimitedOn, task, "limitedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(LimitedBid report) => $"已于{report.LimitedOn:yyyy-MM-dd}限制其参与“{report.Project}”{report.Section}投标(招标文件{report.TenderDocument})。";
}
