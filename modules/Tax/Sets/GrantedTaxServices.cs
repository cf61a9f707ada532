using Credit.Abstractions;
using Credit.Modules.Tax.Feedback;

namespace Credit.Modules.Tax.Sets;

/// <summary>Incentives in tax service given under the class-A memorandum: one report.</summary>
public sealed record TaxServiceGrantedRow
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

    /// <summary>What was given.</summary>
    public required string Service { get; init; }

    /// <summary>Day it was given.</summary>
    public DateOnly GrantedOn { get; init; }
}

/// <summary>Incentives in tax service given under the class-A memorandum.</summary>
internal sealed class GrantedTaxServices(IFeedbackReports reports) : IEntitySet<TaxServiceGrantedRow>
{
    public static string Name => "GrantedTaxServices";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Incentives in tax service given under the class-A memorandum.";

    public static void Shape(ISetShape<TaxServiceGrantedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Service, entry => entry.GrantedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Service, entry => entry.GrantedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<TaxServiceGrantedRow> Rows() => reports.Of<TaxServiceGranted>().Select(report => new TaxServiceGrantedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Service = report.Report.Service,
        GrantedOn = report.Report.GrantedOn,
    });
}
