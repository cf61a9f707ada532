using Credit.Domain.Policy;

namespace Credit.Domain.Oversight;

/// <summary>What a department tells the lead office about its part of a task of the annex, for one period (R-4.3.a).</summary>
public sealed class ProgressReport : Aggregate
{
    private ProgressReport()
    {
    }

    /// <summary>序号 of the task.</summary>
    public int TaskNo { get; private init; }

    /// <summary>Reporting department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>First day of the period.</summary>
    public DateOnly From { get; private init; }

    /// <summary>Last day of the period.</summary>
    public DateOnly To { get; private init; }

    /// <summary>Progress in the department's own words; no personal data.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Figures as JSON: name, value, unit.</summary>
    public string Figures { get; private init; } = "[]";

    /// <summary>Cases of the department reported with it (R-3.5.1.c).</summary>
    public Guid[] Cases { get; private init; } = [];

    /// <summary>Account that reported.</summary>
    public string ReportedBy { get; private init; } = "";

    /// <summary>Day of the report.</summary>
    public DateOnly ReportedOn { get; private init; }

    /// <summary>True when reported after the last day in time.</summary>
    public bool Late { get; private init; }

    internal static Outcome<ProgressReport> Submit(
        int taskNo, string department, ReportingPeriod period, DateOnly due, string text, string figures, Guid[] cases, string by, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Refusal("progress-text-missing", "请填写工作进展情况。", "State the progress.", Clause.R("4.3.a"), "text");
        }

        if (TextLength.Against(text, TextLength.Facts, "text") is { } tooLong)
        {
            return tooLong;
        }

        var report = new ProgressReport
        {
            TaskNo = taskNo,
            Department = department,
            From = period.From,
            To = period.To,
            Text = text,
            Figures = figures,
            Cases = cases,
            ReportedBy = by,
            ReportedOn = today,
            Late = today > due,
        };
        report.Announce(new ProgressReported(report.Id, taskNo, department, period.From, period.To, report.Late), Clause.R("4.3.a"));
        return report;
    }
}
