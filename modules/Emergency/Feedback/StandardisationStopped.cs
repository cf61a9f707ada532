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

    /// <summary>Number of the certificate; compulsory with 撤销证书.</summary>
    public string? CertificateNumber { get; init; }

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

    public IEnumerable<Refusal> Check(StandardisationStopped report, TaskFacts task)
    {
        if (!Actions.Contains(report.Action))
        {
            yield return new Refusal("action-unknown", "措施应为暂停评审、撤销证书之一。", "The action must be 暂停评审 or 撤销证书.", Clause.R("3.5.1.b"), "action");
        }

        if (!Grades.Contains(report.Grade))
        {
            yield return new Refusal("grade-unknown", "等级应为一级、二级、三级之一。", "The grade must be 一级, 二级 or 三级.", Clause.R("3.5.1.b"), "grade");
        }

        if (report.Action == "撤销证书" && string.IsNullOrWhiteSpace(report.CertificateNumber))
        {
            yield return new Refusal("field-required", "撤销证书的，请填写证书编号。", "The number of the certificate withdrawn is missing.", Clause.R("3.5.1.b"), "certificateNumber");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "决定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }
    }

    public string Describe(StandardisationStopped report) => report.Action == "撤销证书"
        ? $"已于{report.DecidedOn:yyyy-MM-dd}撤销其安全生产标准化{report.Grade}证书({report.CertificateNumber})。"
        : $"已于{report.DecidedOn:yyyy-MM-dd}暂停其安全生产标准化{report.Grade}评审。";
}
