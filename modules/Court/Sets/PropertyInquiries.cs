using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>An inquiry on the notice of the court.</summary>
public sealed record PropertyInquiryRow
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

    /// <summary>Number of the notice to assist (协助执行通知书 or 协助查询通知书).</summary>
    public required string AssistanceNotice { get; init; }

    /// <summary>What was looked up: 不动产, 车辆, 存款, 股权, 婚姻登记, 其他财产线索.</summary>
    public required string Matter { get; init; }

    /// <summary>How many items were found; zero when none.</summary>
    public int ItemsFound { get; init; }

    /// <summary>What was found was put under control as the notice asks.</summary>
    public bool Controlled { get; init; }

    /// <summary>Day the court was answered.</summary>
    public DateOnly AnsweredOn { get; init; }
}

/// <summary>Inquiries after houses, vehicles and other property on notices of the court, by number only.</summary>
internal sealed class PropertyInquiries(IFeedbackReports reports) : IEntitySet<PropertyInquiryRow>
{
    public static string Name => "PropertyInquiries";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Inquiries after houses, vehicles and other property on notices of the court, by number only.";

    public static void Shape(ISetShape<PropertyInquiryRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.AssistanceNotice, entry => entry.Matter, entry => entry.ItemsFound, entry => entry.Controlled, entry => entry.AnsweredOn)
        .Sort(entry => entry.ReportedAt, entry => entry.ItemsFound, entry => entry.AnsweredOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<PropertyInquiryRow> Rows() => reports.Of<PropertyInquiry>().Select(report => new PropertyInquiryRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        AssistanceNotice = report.Report.AssistanceNotice,
        Matter = report.Report.Matter,
        ItemsFound = report.Report.ItemsFound,
        Controlled = report.Report.Controlled,
        AnsweredOn = report.Report.AnsweredOn,
    });
}
