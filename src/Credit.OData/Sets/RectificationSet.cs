using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Rectifications and the interviews they led to.</summary>
public sealed record RectificationRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Department that requires and talks.</summary>
    public string Recogniser { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>What is to be put right.</summary>
    public string Requirement { get; init; } = "";

    /// <summary>Day it was required.</summary>
    public DateOnly RequiredOn { get; init; }

    /// <summary>Last day to submit.</summary>
    public DateOnly Due { get; init; }

    /// <summary>Day of the latest submission.</summary>
    public DateOnly? SubmittedOn { get; init; }

    /// <summary>Day of the latest finding.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Reminder (watch) or Warning (black); null while no interview was opened.</summary>
    public string? Interview { get; init; }

    /// <summary>Last day to hold it.</summary>
    public DateOnly? InterviewDue { get; init; }

    /// <summary>What came of it.</summary>
    public string? Outcome { get; init; }

    /// <summary>Day it was held, or tried.</summary>
    public DateOnly? HeldOn { get; init; }
}

/// <summary>Rectifications and the interviews they led to.</summary>
internal sealed class RectificationSet(OfficialDbContext db) : IEntitySet<RectificationRow>
{
    public static string Name => "Rectifications";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Rectifications of all departments and the interviews they led to.";

    public static void Shape(ISetShape<RectificationRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.State, each => each.EntryId, each => each.SubjectId, each => each.Recogniser, each => each.RequiredOn, each => each.Due, each => each.SubmittedOn, each => each.DecidedOn, each => each.InterviewDue, each => each.HeldOn)
        .Sort(each => each.RequiredOn, each => each.Due)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<RectificationRow> Rows() =>
        db.Rectifications.Select(each => new RectificationRow
        {
            Id = each.Id,
            EntryId = each.EntryId,
            SubjectId = each.SubjectId,
            Recogniser = each.Recogniser,
            State = each.State.ToString(),
            Requirement = each.Requirement,
            RequiredOn = each.RequiredOn,
            Due = each.Due,
            SubmittedOn = each.SubmittedOn,
            DecidedOn = each.DecidedOn,
            Interview = each.Interview == null ? null : each.Interview.Value.ToString(),
            InterviewDue = each.InterviewDue,
            Outcome = each.Outcome == null ? null : each.Outcome.Value.ToString(),
            HeldOn = each.HeldOn,
        });
}
