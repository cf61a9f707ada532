using Credit.Abstractions;
using Credit.Modules.Housing.Feedback;

namespace Credit.Modules.Housing.Sets;

/// <summary>A refused renovation.</summary>
public sealed record RefusedRenovationRow
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

    /// <summary>新建房屋, 扩建房屋 or 高档装修.</summary>
    public required string Works { get; init; }

    /// <summary>Number of the application or filing.</summary>
    public required string ApplicationNumber { get; init; }

    /// <summary>Number of the court order it rests on (限制消费令).</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Building, extending and renovating refused to debtors under an order of the court.</summary>
internal sealed class RefusedRenovations(IFeedbackReports reports) : IEntitySet<RefusedRenovationRow>
{
    public static string Name => "RefusedRenovations";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Building, extending and renovating refused to debtors under an order of the court.";

    public static void Shape(ISetShape<RefusedRenovationRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Works, entry => entry.ApplicationNumber, entry => entry.OrderNumber, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.RefusedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<RefusedRenovationRow> Rows() => reports.Of<RenovationRefused>().Select(report => new RefusedRenovationRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Works = report.Report.Works,
        ApplicationNumber = report.Report.ApplicationNumber,
        OrderNumber = report.Report.OrderNumber,
        RefusedOn = report.Report.RefusedOn,
    });
}
