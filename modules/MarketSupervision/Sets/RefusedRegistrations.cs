using Credit.Abstractions;
using Credit.Modules.MarketSupervision.Feedback;

namespace Credit.Modules.MarketSupervision.Sets;

/// <summary>A refused registration of an office in a company.</summary>
public sealed record RefusedRegistrationRow
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

    /// <summary>Name of the company that applied.</summary>
    public required string Company { get; init; }

    /// <summary>The office applied for.</summary>
    public required string Office { get; init; }

    /// <summary>Number of the refusal.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Registrations of offices in companies that were refused; persons are not named.</summary>
internal sealed class RefusedRegistrations(IFeedbackReports reports) : IEntitySet<RefusedRegistrationRow>
{
    public static string Name => "RefusedRegistrations";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Registrations of offices in companies that were refused; persons are not named.";

    public static void Shape(ISetShape<RefusedRegistrationRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Company, entry => entry.Office, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.RefusedOn, entry => entry.Company)
        .Plain(entry => entry.TaskId, entry => entry.DecisionNumber)
        .Page(size: 50, max: 200);

    public IQueryable<RefusedRegistrationRow> Rows() => reports.Of<RefusedRegistration>().Select(report => new RefusedRegistrationRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Company = report.Report.Company,
        Office = report.Report.Office,
        DecisionNumber = report.Report.DecisionNumber,
        RefusedOn = report.Report.RefusedOn,
    });
}
