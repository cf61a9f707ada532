using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Statistics.Feedback;

/// <summary>列为重点监管对象: the statistics of the enterprise were inspected.</summary>
internal sealed record StatisticalInspection
{
    /// <summary>Title or number of the inspection plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The survey system (统计调查制度) inspected.</summary>
    public required string Survey { get; init; }

    /// <summary>Reporting periods whose figures were checked against the books.</summary>
    public int PeriodsChecked { get; init; }

    /// <summary>The figures reported differ from the books.</summary>
    public bool FiguresDiffer { get; init; }

    /// <summary>Day of the inspection.</summary>
    public DateOnly InspectedOn { get; init; }
}

/// <summary>Takes in StatisticalInspection reports.</summary>
internal sealed class StatisticalInspectionFeedback : IFeedback<StatisticalInspection>
{
    public static string Kind => "statistics/inspection";

    public static IReadOnlyList<string> Answers { get; } = ["P24"];

    public static string Summary => "The statistics of the enterprise were inspected.";

    public IEnumerable<Refusal> Check(StatisticalInspection report, TaskFacts task) =>
    [
        .. ReportChecks.Text(report.Plan, "plan", "检查计划", "plan"),
        .. ReportChecks.Text(report.Survey, "survey", "统计调查制度", "survey"),
        .. ReportChecks.DoneWithin(report.InspectedOn, task, "inspectedOn", "检查日期", "day of the inspection"),
        .. Own(report),
    ];

    public string Describe(StatisticalInspection report) => $"已于{report.InspectedOn:yyyy-MM-dd}按{report.Plan}检查{report.Survey}，核查{report.PeriodsChecked}期数据，{(report.FiguresDiffer ? "与账册不符" : "未发现不符")}。";

    private static IEnumerable<Refusal> Own(StatisticalInspection report)
    {
        if (report.PeriodsChecked is < 1 or > 60)
        {
            yield return new Refusal("periods-out-of-range", "核查期数应为1至60。", "The periods checked are between 1 and 60.", Clause.R("3.5.1.b"), "periodsChecked");
        }
    }
}
