using Credit.Abstractions;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Reparations of wrong punish entries that the own department owes.</summary>
public sealed record ReparationRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The wrong entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Department that owes it.</summary>
    public string Recogniser { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day it was ordered.</summary>
    public DateOnly OrderedOn { get; init; }

    /// <summary>Last day for all channels to carry the correction.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Day the statement was approved.</summary>
    public DateOnly? StatedOn { get; init; }

    /// <summary>Day the last channel carried it.</summary>
    public DateOnly? DoneOn { get; init; }
}

/// <summary>Reparations of wrong punish entries that the own department owes.</summary>
internal sealed class ReparationSet(OfficialDbContext db, Caller caller) : IEntitySet<ReparationRow>
{
    public static string Name => "Reparations";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Reparations of wrong punish entries that the own department owes.";

    public static void Shape(ISetShape<ReparationRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.Recogniser, each => each.OrderedOn, each => each.StatedOn, each => each.DoneOn)
        .Sort(each => each.OrderedOn)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<ReparationRow> Rows() =>
        db.Reparations
            .Where(each => caller.SeesAllDepartments || each.Recogniser == caller.Department)
            .Select(each => new ReparationRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                Recogniser = each.Recogniser,
                State = each.State.ToString(),
                OrderedOn = each.OrderedOn,
                Due = db.Deadlines.Where(term => term.AggregateId == each.Id && term.Kind == DeadlineKind.CorrectWrongEntry).Select(term => (DateOnly?)term.DueOn).FirstOrDefault(),
                StatedOn = each.StatedOn,
                DoneOn = each.DoneOn,
            });
}
