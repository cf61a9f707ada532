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

    public IEnumerable<Refusal> Check(ConcessionLimited report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.Project))
        {
            yield return new Refusal("field-required", "请填写特许经营项目名称。", "The project is missing.", Clause.R("3.5.1.b"), "project");
        }

        if (!Sectors.Contains(report.Sector))
        {
            yield return new Refusal("choice-unknown", "行业应为供水、供热、燃气、污水处理、垃圾处理、轨道交通、其他市政公用事业之一。", "The sector must be one of 供水, 供热, 燃气, 污水处理, 垃圾处理, 轨道交通, 其他市政公用事业.", Clause.R("3.5.1.b"), "sector");
        }

        if (!Decisions.Contains(report.Decision))
        {
            yield return new Refusal("choice-unknown", "决定应为不予授予、不予续期、提前终止之一。", "The decision must be one of 不予授予, 不予续期, 提前终止.", Clause.R("3.5.1.b"), "decision");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(ConcessionLimited report) => $"已于{report.DecidedOn:yyyy-MM-dd}对“{report.Project}”({report.Sector})特许经营作出{report.Decision}决定。";
}
