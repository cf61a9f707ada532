using Credit.Abstractions;
using Credit.Modules.Emergency.Feedback;

namespace Credit.Modules.Emergency.Sets;

/// <summary>A bar from being in charge of an enterprise after a breach of work safety.</summary>
public sealed record PrincipalBarredRow
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

    /// <summary>撤职处分 or 刑事处罚.</summary>
    public required string Ground { get; init; }

    /// <summary>Number of the decision or judgment.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day the removal took effect, or the sentence was served.</summary>
    public DateOnly GroundOn { get; init; }

    /// <summary>Responsible for a major or particularly major accident.</summary>
    public bool MajorAccident { get; init; }

    /// <summary>Last day, included; none for a bar for life.</summary>
    public DateOnly? BarredUntil { get; init; }

    /// <summary>Day the registration authority was told.</summary>
    public DateOnly NotifiedOn { get; init; }
}

/// <summary>Bars from being in charge of an enterprise after a breach of work safety; persons are not named.</summary>
internal sealed class BarredPrincipals(IFeedbackReports reports) : IEntitySet<PrincipalBarredRow>
{
    public static string Name => "BarredPrincipals";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Bars from being in charge of an enterprise after a breach of work safety; persons are not named.";

    public static void Shape(ISetShape<PrincipalBarredRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Ground, entry => entry.DecisionNumber, entry => entry.GroundOn, entry => entry.MajorAccident, entry => entry.BarredUntil, entry => entry.NotifiedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.NotifiedOn, entry => entry.GroundOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<PrincipalBarredRow> Rows() => reports.Of<PrincipalBarred>().Select(report => new PrincipalBarredRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Ground = report.Report.Ground,
        DecisionNumber = report.Report.DecisionNumber,
        GroundOn = report.Report.GroundOn,
        MajorAccident = report.Report.MajorAccident,
        BarredUntil = report.Report.BarredUntil,
        NotifiedOn = report.Report.NotifiedOn,
    });
}
