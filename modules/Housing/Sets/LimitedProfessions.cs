using Credit.Abstractions;
using Credit.Modules.Housing.Feedback;

namespace Credit.Modules.Housing.Sets;

/// <summary>A limited registration or qualification.</summary>
public sealed record LimitedProfessionRow
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

    /// <summary>Register or qualification, for example 注册建造师, 房地产开发企业资质.</summary>
    public required string Register { get; init; }

    /// <summary>记入信用档案, 不予注册, 撤销注册, 限制资质升级 or 降低资质等级.</summary>
    public required string Decision { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>How many months it lasts; zero for an entry in the credit file only.</summary>
    public int Months { get; init; }
}

/// <summary>Registrations to practise and qualifications of enterprises limited; persons are not named.</summary>
internal sealed class LimitedProfessions(IFeedbackReports reports) : IEntitySet<LimitedProfessionRow>
{
    public static string Name => "LimitedProfessions";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Registrations to practise and qualifications of enterprises limited; persons are not named.";

    public static void Shape(ISetShape<LimitedProfessionRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Register, entry => entry.Decision, entry => entry.DecisionNumber, entry => entry.DecidedOn, entry => entry.Months)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.Months)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<LimitedProfessionRow> Rows() => reports.Of<ProfessionLimited>().Select(report => new LimitedProfessionRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Register = report.Report.Register,
        Decision = report.Report.Decision,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
        Months = report.Report.Months,
    });
}
