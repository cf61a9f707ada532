using Credit.Abstractions;
using Credit.Modules.Emergency.Feedback;

namespace Credit.Modules.Emergency.Sets;

/// <summary>A ban from a trade or a profession.</summary>
public sealed record IndustryBanRow
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

    /// <summary>Trade or profession.</summary>
    public required string Field { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>First day of the ban.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day, included; none for a lifelong ban.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Bans from trades and professions for breaches of work safety; persons are not named.</summary>
internal sealed class IndustryBans(IFeedbackReports reports) : IEntitySet<IndustryBanRow>
{
    public static string Name => "IndustryBans";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bans from trades and professions for breaches of work safety; persons are not named.";

    public static void Shape(ISetShape<IndustryBanRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Field, entry => entry.DecisionNumber, entry => entry.From, entry => entry.To)
        .Sort(entry => entry.ReportedAt, entry => entry.From, entry => entry.Field)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<IndustryBanRow> Rows() => reports.Of<IndustryBan>().Select(report => new IndustryBanRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Field = report.Report.Field,
        DecisionNumber = report.Report.DecisionNumber,
        From = report.Report.From,
        To = report.Report.To,
    });
}
