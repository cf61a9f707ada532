using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Emergency.Feedback;

/// <summary>暂停安全标准化评审，撤销证书.</summary>
internal sealed record StandardisationStopped
{
    /// <summary>暂停评审 or 撤销证书.</summary>
    public required string Action { get; init; }

    /// <summary>Grade of standardisation: 一级, 二级 or 三级.</summary>
    public required string Grade { get; init; }

    /// <summary>Number of the certificate (证书编号); compulsory with 撤销证书.</summary>
    public string? AwardNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Takes in StandardisationStopped reports.</summary>
internal sealed class StandardisationStoppedFeedback : IFeedback<StandardisationStopped>
{
    private static readonly string[] Actions = ["暂停评审", "撤销证书"];

    private static readonly string[] Grades = ["一级", "二级", "三级"];

    public static string Kind => "emergency/standardisation-stopped";

    public static IReadOnlyList<string> Answers { get; } = ["P35"];

    public static string Summary => "The review of work safety standardisation was suspended, or its certificate withdrawn.";

    public IEnumerable<Refusal> Check(StandardisationStopped report, TaskFacts task) =>
    [
        .. ReportChecks.OneOf(report.Action, Actions, "action", "措施", "action"),
        .. ReportChecks.OneOf(report.Grade, Grades, "grade", "等级", "grade"),
        .. report.Action == "撤销证书" || report.AwardNumber is not null ? ReportChecks.Text(report.AwardNumber, "awardNumber", "证书编号", "number of the certificate") : [],
        .. ReportChecks.DoneWithin(report.DecidedOn, task, "decidedOn", "决定日期", "day of the decision"),
    ];

    public string Describe(StandardisationStopped report) => report.Action == "撤销证书"
        ? $"已于{report.DecidedOn:yyyy-MM-dd}撤销其安全生产标准化{report.Grade}证书({report.AwardNumber})。"
        : $"已于{report.DecidedOn:yyyy-MM-dd}暂停其安全生产标准化{report.Grade}评审。";
}
