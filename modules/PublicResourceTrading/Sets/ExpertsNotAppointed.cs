using Credit.Abstractions;
using Credit.Modules.PublicResourceTrading.Feedback;

namespace Credit.Modules.PublicResourceTrading.Sets;

/// <summary>A decision to keep a person out of a pool of experts.</summary>
public sealed record ExpertNotAppointedRow
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

    /// <summary>Name of the pool.</summary>
    public required string Pool { get; init; }

    /// <summary>Had been appointed and was removed.</summary>
    public bool Removed { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Decisions to keep persons out of pools of experts; persons are not named.</summary>
internal sealed class ExpertsNotAppointed(IFeedbackReports reports) : IEntitySet<ExpertNotAppointedRow>
{
    public static string Name => "ExpertsNotAppointed";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Decisions to keep persons out of pools of experts; persons are not named.";

    public static void Shape(ISetShape<ExpertNotAppointedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Pool, entry => entry.Removed, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<ExpertNotAppointedRow> Rows() => reports.Of<ExpertNotAppointed>().Select(report => new ExpertNotAppointedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Pool = report.Report.Pool,
        Removed = report.Report.Removed,
        DecidedOn = report.Report.DecidedOn,
    });
}
