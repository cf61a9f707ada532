using Credit.Abstractions;
using Credit.Modules.FinancialServices.Feedback;

namespace Credit.Modules.FinancialServices.Sets;

/// <summary>A recommendation for financing.</summary>
public sealed record FinancingRecommendationRow
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

    /// <summary>Product or service, for example 信易贷, 税易贷.</summary>
    public required string Product { get; init; }

    /// <summary>How many institutions it was recommended to.</summary>
    public int Institutions { get; init; }

    /// <summary>Day of the recommendation.</summary>
    public DateOnly RecommendedOn { get; init; }
}

/// <summary>Trustworthy subjects recommended to lenders, by product.</summary>
internal sealed class FinancingRecommendations(IFeedbackReports reports) : IEntitySet<FinancingRecommendationRow>
{
    public static string Name => "FinancingRecommendations";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Trustworthy subjects recommended to lenders, by product.";

    public static void Shape(ISetShape<FinancingRecommendationRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Product, entry => entry.Institutions, entry => entry.RecommendedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Institutions, entry => entry.RecommendedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<FinancingRecommendationRow> Rows() => reports.Of<FinancingRecommended>().Select(report => new FinancingRecommendationRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Product = report.Report.Product,
        Institutions = report.Report.Institutions,
        RecommendedOn = report.Report.RecommendedOn,
    });
}
