using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Listing;

/// <summary>A red, black or watch entry, from proposal to exit. Its moves are internal: only use cases call them.</summary>
public sealed partial class ListEntry : Aggregate
{
    private readonly List<EntryBasis> _bases = [];
    private readonly List<Publication> _publications = [];

    private ListEntry()
    {
    }

    /// <summary>The list.</summary>
    public ListKind List { get; private init; }

    /// <summary>领域, as the policy names it.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Kind of conduct; null on red entries.</summary>
    public ConductCategory? Category { get; private init; }

    /// <summary>Where the entry stands.</summary>
    public EntryState State { get; private set; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Kind of subject.</summary>
    public SubjectKind SubjectKind { get; private init; }

    /// <summary>Name of the subject at the time of the proposal.</summary>
    public string SubjectName { get; private set; } = "";

    /// <summary>Unified code of the subject; null for natural persons.</summary>
    public string? SubjectCode { get; private set; }

    /// <summary>Masked identifier of a natural person; null for others.</summary>
    public string? SubjectMask { get; private set; }

    /// <summary>Name of the legal representative; null for natural persons.</summary>
    public string? LegalRepresentative { get; private set; }

    /// <summary>The facts found.</summary>
    public string Facts { get; private set; } = "";

    /// <summary>Title of the recognition standard.</summary>
    public string Standard { get; private init; } = "";

    /// <summary>Level of the standard.</summary>
    public StandardLevel StandardLevel { get; private init; }

    /// <summary>Number of the document by which superior authority and provincial government approved a provincial standard; null on national ones.</summary>
    public string? StandardApproval { get; private init; }

    /// <summary>First day in force of the version of the standard applied (I14): of a declared one since the proposal, of a registered one since the recognition.</summary>
    public DateOnly? StandardFrom { get; private set; }

    /// <summary>Key of the module criterion applied; null when no module declares the standard.</summary>
    public string? Criterion { get; private init; }

    /// <summary>Key of the recognising department.</summary>
    public string Recogniser { get; private init; } = "";

    /// <summary>Account that proposed the entry.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day the proposal arrived.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Day of the department's own decision, when the proposal states it.</summary>
    public DateOnly? DecidedOn { get; private init; }

    /// <summary>Day of the act itself, when the proposal states it: whoever was in office then answers for it (D8).</summary>
    public DateOnly? ActOn { get; private init; }

    /// <summary>Last day of the term.</summary>
    public DateOnly ValidTo { get; private set; }

    /// <summary>First day in force; null until reported.</summary>
    public DateOnly? ValidFrom { get; private set; }

    /// <summary>Day the prior notice was delivered; null when none was.</summary>
    public DateOnly? NoticedOn { get; private set; }

    /// <summary>Last day for an objection before recognition; null when no notice was served.</summary>
    public DateOnly? DefenceUntil { get; private set; }

    /// <summary>Law that exempts from prior notice; null when none is relied on.</summary>
    public string? NoticeExemption { get; private init; }

    /// <summary>Account that recognised the entry; never the one that proposed it (I84).</summary>
    public string? RecognisedBy { get; private set; }

    /// <summary>Day of recognition.</summary>
    public DateOnly? RecognisedOn { get; private set; }

    /// <summary>Last day to report the entry (7 working days, R-3.2.4.c).</summary>
    public DateOnly? ReportDue { get; private set; }

    /// <summary>Day the entry was reported.</summary>
    public DateOnly? ReportedOn { get; private set; }

    /// <summary>True when reported after <see cref="ReportDue"/>; stored, never edited away (I29).</summary>
    public bool ReportedLate { get; private set; }

    /// <summary>May be published by law.</summary>
    public bool Publishable { get; private init; } = true;

    /// <summary>Why it may not be published; null when it may.</summary>
    [GoneAfterRetention]
    public string? UnpublishableReason { get; private init; }

    /// <summary>Chosen for publication: always for red and black, by decision for watch (R-3.1.4.g).</summary>
    public bool ChosenForPublication { get; private set; }

    /// <summary>Account that reviewed the entry for secrets and privacy before publication (I70).</summary>
    public string? ReviewedBy { get; private set; }

    /// <summary>Employer or competent authority told of an entry that may not be published (R-3.2.4.h).</summary>
    [GoneAfterRetention]
    public string? ClosedNoticeTo { get; private set; }

    /// <summary>Term of the punishment in months (R-3.5.4.a); null on red entries.</summary>
    public int? PunishMonths { get; private init; }

    /// <summary>Months before repair or early exit can be applied for, as its standard set them on the day of the proposal; null for none (I60).</summary>
    public int? EarliestExitMonths { get; private init; }

    /// <summary>May be repaired.</summary>
    public bool Repairable { get; private init; }

    /// <summary>Ways of repair, as the recogniser stated them.</summary>
    public string? RepairModes { get; private init; }

    /// <summary>Months from the recognition within which the subject may repair (R-3.5.4.a); null when not repairable and on red entries.</summary>
    public int? RepairMonths { get; private init; }

    /// <summary>The subject is able to perform but refuses (R-3.4.3.b).</summary>
    public bool AbleButRefuses { get; private init; }

    /// <summary>Heavier or repeated minor; null unless a watch entry.</summary>
    public WatchReason? WatchReason { get; private init; }

    /// <summary>Minor offences counted; null unless watched for repeated minor ones.</summary>
    public int? MinorOffences { get; private init; }

    /// <summary>Months on the watch list after exit from black, given by the recogniser (R-3.5.5.g); null otherwise.</summary>
    public int? WatchMonthsAfterExit { get; private set; }

    /// <summary>Day of the exit.</summary>
    public DateOnly? ExitedOn { get; private set; }

    /// <summary>Reason of the exit.</summary>
    public ExitReason? ExitReason { get; private set; }

    /// <summary>Day on which the last original channel carried the exit notice.</summary>
    public DateOnly? ExitAnnouncedOn { get; private set; }

    /// <summary>Entry this one follows; null when none.</summary>
    public Guid? PredecessorId { get; private init; }

    /// <summary>Day on which subject, names and facts were removed, because the retention was over (I91); null while the entry has them.</summary>
    public DateOnly? AnonymisedOn { get; private set; }

    /// <summary>Rows the entry came from: the intake batch; null when proposed by hand.</summary>
    public Guid? BatchId { get; private init; }

    /// <summary>Policy pack the entry is decided under.</summary>
    public string PolicyPack { get; private init; } = "";

    /// <summary>What the entry rests on.</summary>
    public IReadOnlyList<EntryBasis> Bases => _bases;

    /// <summary>Where it is, or was, published.</summary>
    public IReadOnlyList<Publication> Publications => _publications;

    /// <summary>The days in force; null until reported.</summary>
    public Validity? Validity => ValidFrom is { } from ? new(from, ValidTo) : null;

    /// <summary>In force on this day (Act): reported, not exited, within its validity.</summary>
    public bool InForce(DateOnly day) => State is EntryState.Active or EntryState.Verifying && Validity is { } validity && validity.Covers(day);

    private Outcome<ListEntry> Fire(EntryTrigger on, Action<Move<EntryState, EntryTrigger>> effect) =>
        ListEntryLifecycle.Of(List).Fire(State, on).Then<ListEntry>(move =>
        {
            State = move.To;
            effect(move);
            return this;
        });
}
