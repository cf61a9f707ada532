using Credit.Abstractions;
using Credit.Modules.HumanResources.Feedback;

namespace Credit.Modules.HumanResources.Sets;

/// <summary>A refused candidate for public service.</summary>
public sealed record RecruitmentRefusedRow
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

    /// <summary>Notice of recruitment.</summary>
    public required string Notice { get; init; }

    /// <summary>The post.</summary>
    public required string Post { get; init; }

    /// <summary>Stage of the refusal.</summary>
    public required string Stage { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Candidates for public service that were refused; persons are not named.</summary>
internal sealed class RecruitmentRefusals(IFeedbackReports reports) : IEntitySet<RecruitmentRefusedRow>
{
    public static string Name => "RecruitmentRefusals";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Candidates for public service that were refused; persons are not named.";

    public static void Shape(ISetShape<RecruitmentRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Notice, entry => entry.Post, entry => entry.Stage, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.RefusedOn, entry => entry.Notice)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<RecruitmentRefusedRow> Rows() => reports.Of<RecruitmentRefused>().Select(report => new RecruitmentRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Notice = report.Report.Notice,
        Post = report.Report.Post,
        Stage = report.Report.Stage,
        RefusedOn = report.Report.RefusedOn,
    });
}
