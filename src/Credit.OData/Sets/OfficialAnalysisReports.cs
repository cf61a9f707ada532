using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Disclosure;

namespace Credit.OData.Sets;

/// <summary>Credit analysis reports the own department uploaded, and approved ones.</summary>
public sealed record OfficialAnalysisReportRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Region or industry.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>Last day of the period it covers.</summary>
    public DateOnly PeriodTo { get; init; }

    /// <summary>Where it is.</summary>
    public string Link { get; init; } = "";

    /// <summary>Department that uploaded it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Proposed, approved or refused.</summary>
    public string State { get; init; } = "";

    /// <summary>Day uploaded.</summary>
    public DateOnly UploadedOn { get; init; }
}

/// <summary>Credit analysis reports the own department uploaded, and approved ones.</summary>
internal sealed class OfficialAnalysisReports(OfficialDbContext db, Caller caller) : IEntitySet<OfficialAnalysisReportRow>
{
    public static string Name => "AnalysisReports";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit analysis reports the own department uploaded, and approved ones.";

    public static void Shape(ISetShape<OfficialAnalysisReportRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Publisher, each => each.PeriodTo, each => each.Department, each => each.UploadedOn)
        .Sort(each => each.PeriodTo, each => each.UploadedOn)
        .Search(each => each.Title, each => each.Publisher)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialAnalysisReportRow> Rows() =>
        db.AnalysisReports
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department || each.State == DisclosureState.Approved)
            .Select(each => new OfficialAnalysisReportRow
            {
                Id = each.Id,
                Scope = each.Scope.ToString(),
                Title = each.Title,
                Publisher = each.Publisher,
                PeriodTo = each.PeriodTo,
                Link = each.Link,
                Department = each.Department,
                State = each.State.ToString(),
                UploadedOn = each.UploadedOn,
            });
}
