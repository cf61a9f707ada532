using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Approved credit analysis reports of regions and industries.</summary>
public sealed record PublishedAnalysisReportRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Region or industry.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>First day of the period it covers.</summary>
    public DateOnly PeriodFrom { get; init; }

    /// <summary>Last day of the period it covers.</summary>
    public DateOnly PeriodTo { get; init; }

    /// <summary>Where it is.</summary>
    public string Link { get; init; } = "";

    /// <summary>Day it became public.</summary>
    public DateOnly PublishedOn { get; init; }
}

/// <summary>Approved credit analysis reports of regions and industries.</summary>
internal sealed class PublishedAnalysisReports(PublicDbContext db) : IEntitySet<PublishedAnalysisReportRow>
{
    public static string Name => "AnalysisReports";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Approved credit analysis reports of regions and industries.";

    public static void Shape(ISetShape<PublishedAnalysisReportRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Scope, each => each.Publisher, each => each.PeriodFrom, each => each.PeriodTo, each => each.PublishedOn)
        .Sort(each => each.PeriodTo, each => each.PublishedOn)
        .Search(each => each.Title, each => each.Publisher)
        .Follows("AnalysisReport")
        .Page(size: 100, max: 1000);

    public IQueryable<PublishedAnalysisReportRow> Rows() =>
        db.AnalysisReports.Select(each => new PublishedAnalysisReportRow
        {
            Id = each.Id,
            Scope = each.Scope,
            Title = each.Title,
            Publisher = each.Publisher,
            PeriodFrom = each.PeriodFrom,
            PeriodTo = each.PeriodTo,
            Link = each.Link,
            PublishedOn = each.PublishedOn,
        });
}
