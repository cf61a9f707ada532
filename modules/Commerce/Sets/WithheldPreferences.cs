using Credit.Abstractions;
using Credit.Modules.Commerce.Feedback;

namespace Credit.Modules.Commerce.Sets;

/// <summary>Preferential policies withheld under a measure of joint punishment: one report.</summary>
public sealed record PreferenceWithheldRow
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

    /// <summary>The policy.</summary>
    public required string Policy { get; init; }

    /// <summary>How the application was treated.</summary>
    public required string Treatment { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Preferential policies withheld under a measure of joint punishment.</summary>
internal sealed class WithheldPreferences(IFeedbackReports reports) : IEntitySet<PreferenceWithheldRow>
{
    public static string Name => "WithheldPreferences";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Preferential policies withheld under a measure of joint punishment.";

    public static void Shape(ISetShape<PreferenceWithheldRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Policy, entry => entry.Treatment, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Policy, entry => entry.Treatment, entry => entry.DecidedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<PreferenceWithheldRow> Rows() => reports.Of<PreferenceWithheld>().Select(report => new PreferenceWithheldRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Policy = report.Report.Policy,
        Treatment = report.Report.Treatment,
        DecidedOn = report.Report.DecidedOn,
    });
}
