using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Credit repairs the own department decides.</summary>
public sealed record RepairRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Department that decides: the recogniser.</summary>
    public string Handler { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the application.</summary>
    public DateOnly AppliedOn { get; init; }

    /// <summary>Last day for the department's next step.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Day the repair was decided.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Day the early exit was decided.</summary>
    public DateOnly? ExitDecidedOn { get; init; }
}

/// <summary>Credit repairs the own department decides.</summary>
internal sealed class RepairSet(OfficialDbContext db, Caller caller) : IEntitySet<RepairRow>
{
    public static string Name => "Repairs";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit repairs the own department decides.";

    public static void Shape(ISetShape<RepairRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.Handler, each => each.AppliedOn, each => each.Due, each => each.DecidedOn, each => each.ExitDecidedOn)
        .Sort(each => each.AppliedOn)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<RepairRow> Rows() =>
        db.Repairs
            .Where(each => caller.SeesAllDepartments || each.Handler == caller.Department)
            .Select(each => new RepairRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                Handler = each.Handler,
                State = each.State.ToString(),
                AppliedOn = each.AppliedOn,
                Due = each.Due,
                DecidedOn = each.DecidedOn,
                ExitDecidedOn = each.ExitDecidedOn,
            });
}
