using Credit.Abstractions;
using Credit.Modules.Tax.Feedback;

namespace Credit.Modules.Tax.Sets;

/// <summary>A decision that set a tax credit grade to D.</summary>
public sealed record TaxGradeDecisionRow
{
    /// <summary>Identity of the report.</summary>
    public Guid Id { get; init; }

    /// <summary>The task it answers.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Measure carried out.</summary>
    public required string MeasureKey { get; init; }

    /// <summary>Key of the reporting department.</summary>
    public required string Department { get; init; }

    /// <summary>Instant of the report, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>First year of evaluation.</summary>
    public int FromYear { get; init; }

    /// <summary>Last year of evaluation, included.</summary>
    public int ToYear { get; init; }
}

/// <summary>Tax credit grades set to D, with the years they hold for.</summary>
internal sealed class TaxGradeDecisions(IFeedbackReports reports) : IEntitySet<TaxGradeDecisionRow>
{
    public static string Name => "TaxGradeDecisions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Tax credit grades set to D, with the years they hold for.";

    public static void Shape(ISetShape<TaxGradeDecisionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.DecisionNumber, entry => entry.DecidedOn, entry => entry.FromYear, entry => entry.ToYear)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.FromYear, entry => entry.ToYear)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<TaxGradeDecisionRow> Rows() => reports.Of<TaxGradeSetToD>().Select(report => new TaxGradeDecisionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
        FromYear = report.Report.FromYear,
        ToYear = report.Report.ToYear,
    });
}
