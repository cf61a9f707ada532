using Credit.Abstractions;
using Credit.Modules.Tax.Feedback;

namespace Credit.Modules.Tax.Sets;

/// <summary>A request to stop a tax debtor at the border.</summary>
public sealed record ExitBanRequestRow
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

    /// <summary>Number of the request.</summary>
    public required string RequestNumber { get; init; }

    /// <summary>Day of the request.</summary>
    public DateOnly RequestedOn { get; init; }

    /// <summary>Tax and late fees owed, in yuan.</summary>
    public decimal TaxOwed { get; init; }
}

/// <summary>Requests to stop tax debtors at the border.</summary>
internal sealed class ExitBanRequests(IFeedbackReports reports) : IEntitySet<ExitBanRequestRow>
{
    public static string Name => "ExitBanRequests";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Requests to stop tax debtors at the border.";

    public static void Shape(ISetShape<ExitBanRequestRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.RequestNumber, entry => entry.RequestedOn, entry => entry.TaxOwed)
        .Sort(entry => entry.ReportedAt, entry => entry.RequestedOn, entry => entry.TaxOwed)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ExitBanRequestRow> Rows() => reports.Of<ExitBanRequested>().Select(report => new ExitBanRequestRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        RequestNumber = report.Report.RequestNumber,
        RequestedOn = report.Report.RequestedOn,
        TaxOwed = report.Report.TaxOwed,
    });
}
