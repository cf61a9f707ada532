using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <content>Publication, sharing and use: three flags that end each by itself and never come back (I62; lists-2025 §7.2).</content>
public sealed partial class ListEntry
{
    /// <summary>Grade of the conduct; null on red entries and where the framework knows none.</summary>
    public Severity? Severity { get; private init; }

    /// <summary>First day on which repair can be applied for, as decided; null when not repairable or not in force yet (I60).</summary>
    public DateOnly? RepairFrom { get; private set; }

    /// <summary>Last day on which repair can be applied for; null likewise (R-3.5.4.a).</summary>
    public DateOnly? RepairUntil { get; private set; }

    /// <summary>First day no longer shown to the public; null while nothing ended it.</summary>
    public DateOnly? PublicationEndedOn { get; private set; }

    /// <summary>First day no longer shared with departments other than the recogniser; null while nothing ended it.</summary>
    public DateOnly? SharingEndedOn { get; private set; }

    /// <summary>First day on which nobody may act on it any more; null while nothing ended it.</summary>
    public DateOnly? UseEndedOn { get; private set; }

    /// <summary>Shown to the public on this day.</summary>
    public bool Published(DateOnly day) =>
        InForce(day) && Publishable && ChosenForPublication && ReviewedBy is not null && !(day >= PublicationEndedOn);

    /// <summary>Shared with departments on this day: what came into force is, also after its exit, until something ends it.</summary>
    public bool Shared(DateOnly day) =>
        State is EntryState.Active or EntryState.Verifying or EntryState.Exited && !(day >= SharingEndedOn);

    /// <summary>To be acted upon on this day: in force and not under verification (R-3.5.7.c).</summary>
    public bool Usable(DateOnly day) => InForce(day) && State != EntryState.Verifying && !(day >= UseEndedOn);

    /// <summary>The repair dates as the pack computes them, once the entry is in force.</summary>
    internal void StateRepairDates(PolicyPack pack)
    {
        if (List != ListKind.Red && Repairable && ValidFrom is not null)
        {
            RepairFrom = EntryRules.RepairFrom(pack, this);
            RepairUntil = LastRepairDay;
        }
    }

    /// <summary>Last day to apply for repair: the period the recogniser gave, and never beyond the entry itself.</summary>
    internal DateOnly LastRepairDay =>
        RepairMonths is { } months && RecognisedOn?.AddMonths(months) is { } last && last < ValidTo ? last : ValidTo;

    private void EndFlags(DateOnly exitDay, bool sharing)
    {
        PublicationEndedOn ??= exitDay;
        UseEndedOn ??= exitDay;
        if (sharing)
        {
            SharingEndedOn ??= exitDay;
        }
    }
}
