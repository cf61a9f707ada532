using Credit.Abstractions;
using Credit.Modules.YouthLeague.Feedback;

namespace Credit.Modules.YouthLeague.Sets;

/// <summary>Advantages given to outstanding volunteers under the plan of joint reward: one report.</summary>
public sealed record VolunteerRewardRow
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

    /// <summary>Field of the plan.</summary>
    public required string Field { get; init; }

    /// <summary>What was given.</summary>
    public required string Reward { get; init; }

    /// <summary>Day it was given.</summary>
    public DateOnly GivenOn { get; init; }
}

/// <summary>Advantages given to outstanding volunteers under the plan of joint reward.</summary>
internal sealed class VolunteerRewards(IFeedbackReports reports) : IEntitySet<VolunteerRewardRow>
{
    public static string Name => "VolunteerRewards";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Advantages given to outstanding volunteers under the plan of joint reward.";

    public static void Shape(ISetShape<VolunteerRewardRow> row) => row
        .Key(entry => entry.Id)
        .Filter(entry => entry.Department, entry => entry.ReportedAt, entry => entry.MeasureKey, entry => entry.Field, entry => entry.Reward, entry => entry.GivenOn)
        .Sort(entry => entry.ReportedAt, entry => entry.Field, entry => entry.Reward, entry => entry.GivenOn)
        .Plain(entry => entry.TaskId)
        .Page(size: 50, max: 200);

    public IQueryable<VolunteerRewardRow> Rows() => reports.Of<VolunteerReward>().Select(report => new VolunteerRewardRow
    {
        Id = report.Id,
        TaskId = report.TaskId,
        MeasureKey = report.MeasureKey,
        Department = report.Department,
        ReportedAt = report.ReportedAt,
        Field = report.Report.Field,
        Reward = report.Report.Reward,
        GivenOn = report.Report.GivenOn,
    });
}
