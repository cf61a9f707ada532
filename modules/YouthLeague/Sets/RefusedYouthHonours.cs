using Credit.Abstractions;
using Credit.Modules.YouthLeague.Feedback;

namespace Credit.Modules.YouthLeague.Sets;

/// <summary>Honours of the youth league refused or withdrawn under a measure of joint punishment: one report.</summary>
public sealed record YouthHonourRefusedRow
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

    /// <summary>The honour.</summary>
    public required string Honour { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Honours of the youth league refused or withdrawn under a measure of joint punishment.</summary>
internal sealed class RefusedYouthHonours(IFeedbackReports reports) : IEntitySet<YouthHonourRefusedRow>
{
    public static string Name => "RefusedYouthHonours";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Honours of the youth league refused or withdrawn under a measure of joint punishment.";

    public static void Shape(ISetShape<YouthHonourRefusedRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Honour, entry => entry.Action, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Honour, entry => entry.Action, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<YouthHonourRefusedRow> Rows() => reports.Of<YouthHonourRefused>().Select(report => new YouthHonourRefusedRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Honour = report.Report.Honour,
        Action = report.Report.Action,
        DecidedOn = report.Report.DecidedOn,
    });
}
