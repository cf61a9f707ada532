using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Housing.Feedback;

/// <summary>限制参与基础设施和公用事业特许经营.</summary>
internal sealed record ConcessionLimited
{
    /// <summary>Name of the concession project.</summary>
    public required string Project { get; init; }

    /// <summary>供水, 供热, 燃气, 污水处理, 垃圾处理, 轨道交通 or 其他市政公用事业.</summary>
    public required string Sector { get; init; }

    /// <summary>不予授予, 不予续期 or 提前终止.</summary>
    public required string Decision { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in ConcessionLimited reports.</summary>
internal sealed class ConcessionLimitedFeedback : IFeedback<ConcessionLimited>
{
    private static readonly string[] Sectors = ["供水", "供热", "燃气", "污水处理", "垃圾处理", "轨道交通", "其他市政公用事业"];

    private static readonly string[] Decisions = ["不予授予", "不予续期", "提前终止"];

    public static string Kind => "housing/concession-limited";

    public static IReadOnlyList<string> Answers { get; } = ["P05"];

    public static string Summary => "A concession of infrastructure or public utilities was not granted, not prolonged or ended.";

    public IEnumerable<Refusal> Check(ConcessionLimited report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Project, "project", "特许经营项目名称", "project"),
        .. ReportChecks.OneOf(report.Sector, Sectors, "sector", "行业", "sector"),
        .. ReportChecks.OneOf(report.Decision, Decisions, "decision", "决定", "decision"),
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(ConcessionLimited report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Project}”({report.Sector})特许经营作出{report.Decision}决定。";
}
