using Credit.Abstractions;
using Credit.Modules.PublicResourceTrading.Feedback;

namespace Credit.Modules.PublicResourceTrading.Sets;

/// <summary>Trades of public resources refused under a measure of joint punishment: one report.</summary>
public sealed record RefusedExchangeRow
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

    /// <summary>Name of the project on the exchange.</summary>
    public required string Project { get; init; }

    /// <summary>The right traded.</summary>
    public required string Right { get; init; }

    /// <summary>Day of the refusal.</summary>
    public DateOnly RefusedOn { get; init; }
}

/// <summary>Trades of public resources refused under a measure of joint punishment.</summary>
internal sealed class RefusedExchanges(IFeedbackReports reports) : IEntitySet<RefusedExchangeRow>
{
    public static string Name => "RefusedExchanges";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Trades of public resources refused under a measure of joint punishment.";

    public static void Shape(ISetShape<RefusedExchangeRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Project, entry => entry.Right, entry => entry.RefusedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Project, entry => entry.Right, entry => entry.RefusedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<RefusedExchangeRow> Rows() => reports.Of<RefusedExchange>().Select(report => new RefusedExchangeRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Project = report.Report.Project,
        Right = report.Report.Right,
        RefusedOn = report.Report.RefusedOn,
    });
}
