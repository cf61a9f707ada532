using Credit.Abstractions;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Court.Sets;

/// <summary>A bar from offices in companies that the registration authority was told of.</summary>
public sealed record OfficeBarRow
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

    /// <summary>Number of the judgment.</summary>
    public required string JudgmentNumber { get; init; }

    /// <summary>Number of the notice to the registration authority.</summary>
    public required string NoticeNumber { get; init; }

    /// <summary>The sentence is suspended.</summary>
    public bool Suspended { get; init; }

    /// <summary>Last day of the sentence, or of the probation of a suspended one.</summary>
    public DateOnly SentenceEndsOn { get; init; }

    /// <summary>Last day of the bar, included.</summary>
    public DateOnly BarredUntil { get; init; }

    /// <summary>Day the registration authority was told.</summary>
    public DateOnly NotifiedOn { get; init; }
}

/// <summary>Bars from offices in companies that the court told the registration authority of; persons are not named.</summary>
internal sealed class OfficeBars(IFeedbackReports reports) : IEntitySet<OfficeBarRow>
{
    public static string Name => "OfficeBars";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bars from offices in companies that the court told the registration authority of; persons are not named.";

    public static void Shape(ISetShape<OfficeBarRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.JudgmentNumber, entry => entry.NoticeNumber, entry => entry.Suspended, entry => entry.SentenceEndsOn, entry => entry.BarredUntil, entry => entry.NotifiedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.BarredUntil, entry => entry.NotifiedOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<OfficeBarRow> Rows() => reports.Of<OfficeBarNotified>().Select(report => new OfficeBarRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        JudgmentNumber = report.Report.JudgmentNumber,
        NoticeNumber = report.Report.NoticeNumber,
        Suspended = report.Report.Suspended,
        SentenceEndsOn = report.Report.SentenceEndsOn,
        BarredUntil = report.Report.BarredUntil,
        NotifiedOn = report.Report.NotifiedOn,
    });
}
