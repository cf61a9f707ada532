using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Transport.Feedback;

/// <summary>限制参与公路水运工程招投标: the bid for a section was refused.</summary>
internal sealed record RoadworksBidRefused
{
    /// <summary>Name of the project.</summary>
    public required string Project { get; init; }

    /// <summary>Section (标段) bid for.</summary>
    public required string Section { get; init; }

    /// <summary>Number of the tender document whose clause refuses.</summary>
    public required string TenderDocument { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Takes in RoadworksBidRefused reports.</summary>
internal sealed class RoadworksBidRefusedFeedback : IFeedback<RoadworksBidRefused>
{
    public static string Kind => "transport/refused-bid";

    public static IReadOnlyList<string> Answers { get; } = ["P02"];

    public static string Summary => "A bid for road or waterway works was refused.";

    public IEnumerable<Refusal> Check(RoadworksBidRefused report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Project, "project", "项目名称", "project"),
        .. ReportChecks.Text(report.Section, "section", "标段", "section"),
        .. ReportChecks.Text(report.TenderDocument, "tenderDocument", "招标文件编号", "tender document"),
        .. ReportChecks.DoneWithin(report.RefusedOn, task, "refusedOn", "拒绝日期", "day of the refusal"),
    ];

    public string Describe(RoadworksBidRefused report) => $"已于{report.RefusedOn:yyyy-MM-dd}拒绝其参与“{report.Project}”{report.Section}投标(招标文件{report.TenderDocument})。";
}
