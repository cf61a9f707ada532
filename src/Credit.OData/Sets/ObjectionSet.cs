using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Objections and complaints the own department verifies.</summary>
public sealed record ObjectionRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Department that verifies.</summary>
    public string Handler { get; init; } = "";

    /// <summary>Objection, Complaint or SelfFound.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day filed.</summary>
    public DateOnly FiledOn { get; init; }

    /// <summary>Last day to take it up.</summary>
    public DateOnly AcceptDue { get; init; }

    /// <summary>Last day to conclude.</summary>
    public DateOnly? DecideDue { get; init; }

    /// <summary>Extended once.</summary>
    public bool Extended { get; init; }

    /// <summary>Day concluded.</summary>
    public DateOnly? ConcludedOn { get; init; }
}

/// <summary>Objections and complaints the own department verifies.</summary>
internal sealed class ObjectionSet(OfficialDbContext db, Caller caller) : IEntitySet<ObjectionRow>
{
    public static string Name => "Objections";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Objections and complaints the own department verifies.";

    public static void Shape(ISetShape<ObjectionRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.Handler, each => each.FiledOn, each => each.AcceptDue, each => each.DecideDue, each => each.ConcludedOn)
        .Sort(each => each.FiledOn, each => each.AcceptDue)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<ObjectionRow> Rows() =>
        db.Objections
            .Where(each => caller.SeesAllDepartments || each.Handler == caller.Department)
            .Select(each => new ObjectionRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                Handler = each.Handler,
                Origin = each.Origin.ToString(),
                State = each.State.ToString(),
                FiledOn = each.FiledOn,
                AcceptDue = each.AcceptDue,
                DecideDue = each.DecideDue,
                Extended = each.Extended,
                ConcludedOn = each.ConcludedOn,
            });
}
