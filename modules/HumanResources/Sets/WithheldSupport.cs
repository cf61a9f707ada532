using Credit.Abstractions;
using Credit.Modules.HumanResources.Feedback;

namespace Credit.Modules.HumanResources.Sets;

/// <summary>Support that was withheld from an employer.</summary>
public sealed record WithheldSupportRow
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

    /// <summary>Kind of support.</summary>
    public required string Programme { get; init; }

    /// <summary>How it was withheld.</summary>
    public required string Form { get; init; }

    /// <summary>Amount withheld, in yuan.</summary>
    public decimal Amount { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }
}

/// <summary>Subsidies and social security support limited, suspended or cancelled.</summary>
internal sealed class WithheldSupport(IFeedbackReports reports) : IEntitySet<WithheldSupportRow>
{
    public static string Name => "WithheldSupport";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Subsidies and social security support limited, suspended or cancelled.";

    public static void Shape(ISetShape<WithheldSupportRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Programme, entry => entry.Form, entry => entry.Amount, entry => entry.DecisionNumber, entry => entry.DecidedOn)
        .Sort(entry => entry.ReportedAt, entry => entry.DecidedOn, entry => entry.Amount)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<WithheldSupportRow> Rows() => reports.Of<WageSupportWithheld>().Select(report => new WithheldSupportRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Programme = report.Report.Programme,
        Form = report.Report.Form,
        Amount = report.Report.Amount,
        DecisionNumber = report.Report.DecisionNumber,
        DecidedOn = report.Report.DecidedOn,
    });
}
