using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>An order restricting high consumption.</summary>
public sealed record HighConsumptionOrderRow
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

    /// <summary>Number of the case of enforcement (执行案号).</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Number of the order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>Day of the order.</summary>
    public DateOnly IssuedOn { get; init; }

    /// <summary>A unit is the debtor, and its legal representative and others responsible are bound as well.</summary>
    public bool RepresentativesToo { get; init; }
}

/// <summary>Orders of the court restricting high consumption; persons are not named.</summary>
internal sealed class HighConsumptionOrders(IFeedbackReports reports) : IEntitySet<HighConsumptionOrderRow>
{
    public static string Name => "HighConsumptionOrders";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Orders of the court restricting high consumption; persons are not named.";

    public static void Shape(ISetShape<HighConsumptionOrderRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.CaseNumber, entry => entry.OrderNumber, entry => entry.IssuedOn, entry => entry.RepresentativesToo)
        .Sort(entry => entry.ReportedAt, entry => entry.IssuedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<HighConsumptionOrderRow> Rows() => reports.Of<HighConsumptionOrder>().Select(report => new HighConsumptionOrderRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        CaseNumber = report.Report.CaseNumber,
        OrderNumber = report.Report.OrderNumber,
        IssuedOn = report.Report.IssuedOn,
        RepresentativesToo = report.Report.RepresentativesToo,
    });
}
