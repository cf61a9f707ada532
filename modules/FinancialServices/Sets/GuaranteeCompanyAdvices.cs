using Credit.Abstractions;
using Credit.Modules.FinancialServices.Feedback;

namespace Credit.Modules.FinancialServices.Sets;

/// <summary>Advice to a guarantee, small-loan or private finance company.</summary>
public sealed record GuaranteeCompanyAdviceRow
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

    /// <summary>Name of the company.</summary>
    public required string Institution { get; init; }

    /// <summary>融资担保公司, 小额贷款公司 or 民间融资机构.</summary>
    public required string InstitutionKind { get; init; }

    /// <summary>设立, 变更, 任职 or 业务合作.</summary>
    public required string Matter { get; init; }

    /// <summary>Day of the advice.</summary>
    public DateOnly AdvisedOn { get; init; }
}

/// <summary>Advice to guarantee, small-loan and private finance companies of the district.</summary>
internal sealed class GuaranteeCompanyAdvices(IFeedbackReports reports) : IEntitySet<GuaranteeCompanyAdviceRow>
{
    public static string Name => "GuaranteeCompanyAdvices";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Advice to guarantee, small-loan and private finance companies of the district.";

    public static void Shape(ISetShape<GuaranteeCompanyAdviceRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Institution, entry => entry.InstitutionKind, entry => entry.Matter, entry => entry.AdvisedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.AdvisedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<GuaranteeCompanyAdviceRow> Rows() => reports.Of<GuaranteeCompanyAdvised>().Select(report => new GuaranteeCompanyAdviceRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Institution = report.Report.Institution,
        InstitutionKind = report.Report.InstitutionKind,
        Matter = report.Report.Matter,
        AdvisedOn = report.Report.AdvisedOn,
    });
}
