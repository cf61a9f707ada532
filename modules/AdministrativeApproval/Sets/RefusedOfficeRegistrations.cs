using Credit.Abstractions;
using Credit.Modules.AdministrativeApproval.Feedback;

namespace Credit.Modules.AdministrativeApproval.Sets;

/// <summary>Registrations of offices refused by the approval bureau under a measure of joint punishment: one report.</summary>
public sealed record RegistrationRefusedRow
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

    /// <summary>Name of the company or social organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>The office.</summary>
    public required string Office { get; init; }

    /// <summary>Number of the notice.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Registrations of offices refused by the approval bureau under a measure of joint punishment.</summary>
internal sealed class RefusedOfficeRegistrations(IFeedbackReports reports) : IEntitySet<RegistrationRefusedRow>
{
    public static string Name => "RefusedOfficeRegistrations";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Registrations of offices refused by the approval bureau under a measure of joint punishment.";

    public static void Shape(ISetShape<RegistrationRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Organisation, entry => entry.Office, entry => entry.DecisionNumber, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Organisation, entry => entry.Office, entry => entry.DecisionNumber, entry => entry.RefusedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<RegistrationRefusedRow> Rows() => reports.Of<RegistrationRefused>().Select(report => new RegistrationRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Organisation = report.Report.Organisation,
        Office = report.Report.Office,
        DecisionNumber = report.Report.DecisionNumber,
        RefusedOn = report.Report.RefusedOn,
    });
}
