using Credit.Abstractions;
using Credit.Domain.Policy;

namespace Credit.Modules.Tax.Feedback;

/// <summary>纳税信用级别直接判为D级, and for which years of evaluation.</summary>
internal sealed record TaxGradeSetToD
{
    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>First year of evaluation it holds for.</summary>
    public int FromYear { get; init; }

    /// <summary>Last year of evaluation it holds for, included.</summary>
    public int ToYear { get; init; }
}

/// <summary>Takes in TaxGradeSetToD reports.</summary>
internal sealed class TaxGradeSetToDFeedback : IFeedback<TaxGradeSetToD>
{
    public static string Kind => "tax/grade-set-to-d";

    public static IReadOnlyList<string> Answers { get; } = ["P25"];

    public static string Summary => "The tax credit grade was set to D for a period.";

    public IEnumerable<Refusal> Check(TaxGradeSetToD report, TaskFacts task)
    {
        if (string.IsNullOrWhiteSpace(report.DecisionNumber))
        {
            yield return new Refusal("field-required", "请填写判定文书号。", "The decision number is missing.", Clause.R("3.5.1.b"), "decisionNumber");
        }

        if (report.DecidedOn < task.IssuedOn || report.DecidedOn > task.Today)
        {
            yield return new Refusal("date-out-of-range", "判定日期应在任务下达之日至今日之间。", "The day of the decision must lie between the day the task was given out and today.", Clause.R("3.5.1.b"), "decidedOn");
        }

        if (report.ToYear < report.FromYear)
        {
            yield return new Refusal("period-reversed", "截止年度早于起始年度。", "The last year comes before the first.", Clause.R("3.5.1.b"), "toYear");
        }

        if (report.FromYear < 2014 || report.ToYear > task.Today.Year + 10)
        {
            yield return new Refusal("period-out-of-range", "评价年度超出合理范围。", "The years of evaluation are out of range.", Clause.R("3.5.1.b"), "fromYear");
        }
    }

    public string Describe(TaxGradeSetToD report) => $"已作出纳税信用D级判定({report.DecisionNumber})，适用{report.FromYear}年度至{report.ToYear}年度。";
}
