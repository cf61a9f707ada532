using Credit.Abstractions;
using Credit.Modules.FinancialServices.Feedback;

namespace Credit.Modules.FinancialServices.Sets;

/// <summary>Advice to a lender.</summary>
public sealed record LenderAdviceRow
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

    /// <summary>Name of the lender.</summary>
    public required string Institution { get; init; }

    /// <summary>What it is to be weighed in: 融资授信, 贷款利率, 担保, 其他融资服务.</summary>
    public required string Matter { get; init; }

    /// <summary>Day of the advice.</summary>
    public DateOnly AdvisedOn { get; init; }
}

/// <summary>Advice to lenders of the district to weigh a listing.</summary>
internal sealed class LenderAdvices(IFeedbackReports reports) : IEntitySet<LenderAdviceRow>
{
    public static string Name => "LenderAdvices";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Advice to lenders of the district to weigh a listing.";

    public static void Shape(ISetShape<LenderAdviceRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Institution, entry => entry.Matter, entry => entry.AdvisedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.AdvisedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<LenderAdviceRow> Rows() => reports.Of<LenderAdvised>().Select(report => new LenderAdviceRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Institution = report.Report.Institution,
        Matter = report.Report.Matter,
        AdvisedOn = report.Report.AdvisedOn,
    });
}
