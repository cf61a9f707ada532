using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>A step to prosecute a refusal.</summary>
public sealed record CrimeReferralRow
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

    /// <summary>移送公安机关, 立案侦查, 移送审查起诉, 受理自诉 or 作出判决.</summary>
    public required string Step { get; init; }

    /// <summary>Number of the document of that step.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>Day of the step.</summary>
    public DateOnly TakenOn { get; init; }
}

/// <summary>Steps taken to prosecute refusals to perform judgments; persons are not named.</summary>
internal sealed class CrimeReferrals(IFeedbackReports reports) : IEntitySet<CrimeReferralRow>
{
    public static string Name => "CrimeReferrals";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Steps taken to prosecute refusals to perform judgments; persons are not named.";

    public static void Shape(ISetShape<CrimeReferralRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.CaseNumber, entry => entry.Step, entry => entry.DocumentNumber, entry => entry.TakenOn)
        .Sort(entry => entry.ReportedAt, entry => entry.TakenOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<CrimeReferralRow> Rows() => reports.Of<CrimeReferral>().Select(report => new CrimeReferralRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        CaseNumber = report.Report.CaseNumber,
        Step = report.Report.Step,
        DocumentNumber = report.Report.DocumentNumber,
        TakenOn = report.Report.TakenOn,
    });
}
