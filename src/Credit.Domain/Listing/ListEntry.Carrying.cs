using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <content>A watch entry is carried on while a recognised black entry of its domain waits for its report (R-3.5.5.f, I8).</content>
public sealed partial class ListEntry
{
    /// <summary>Last day of the entry's own term while it waits for a black entry; null otherwise.</summary>
    public DateOnly? OwnTermTo { get; private set; }

    /// <summary>Last day on which that black entry can still come into force; null when it waits for none.</summary>
    public DateOnly? WaitsUntil { get; private set; }

    /// <summary>
    /// Keeps the watch entry in force for as long as the recognised black entry may wait: the report closes it as upgraded,
    /// a withdrawal gives it its own term back. Its last day stays where its own term lasts longer.
    /// </summary>
    /// <param name="black">The recognised entry that will follow it.</param>
    internal void CarryOn(ListEntry black)
    {
        (OwnTermTo, WaitsUntil) = (OwnTermTo ?? ValidTo, black.ValidTo);
        MoveEnd(OwnTermTo.Value);
    }

    /// <summary>The black entry was withdrawn: the own term counts again. Days it waited beyond it were days on the list; one that is over stays over.</summary>
    /// <param name="today">Today in the district.</param>
    internal void EndCarrying(DateOnly today)
    {
        if (OwnTermTo is { } own)
        {
            var waited = ValidTo < today ? ValidTo : today.AddDays(-1);
            (OwnTermTo, WaitsUntil) = (null, null);
            MoveEnd(own > waited ? own : waited);
        }
    }

    private void MoveEnd(DateOnly own)
    {
        EndWith(own);
        RepairUntil = RepairUntil is null ? null : LastRepairDay;
        Announce(new EntryTermCarried(Id, SubjectId, ValidTo, OwnTermTo), Clause.R("3.5.5.f"));
    }

    // The own term moves; while the entry waits it lasts as long as the waiting at least.
    private void EndWith(DateOnly own)
    {
        OwnTermTo = WaitsUntil is null ? null : own;
        ValidTo = WaitsUntil > own ? WaitsUntil.Value : own;
    }
}
