using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Listing;

/// <summary>What a department states when it proposes an entry .</summary>
public sealed record EntryProposal
{
    /// <summary>The list.</summary>
    public required ListKind List { get; init; }

    /// <summary>领域.</summary>
    public required string Domain { get; init; }

    /// <summary>Kind of conduct; compulsory on punish lists.</summary>
    public ConductCategory? Category { get; init; }

    /// <summary>The subject, found by identifier.</summary>
    public required Subject Subject { get; init; }

    /// <summary>Legal representative as stated; null to take the registry's.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>The facts found.</summary>
    public required string Facts { get; init; }

    /// <summary>Title of the standard.</summary>
    public required string Standard { get; init; }

    /// <summary>Level of the standard.</summary>
    public required StandardLevel StandardLevel { get; init; }

    /// <summary>Number of the document that approved a provincial standard.</summary>
    public string? StandardApproval { get; init; }

    /// <summary>First day in force of the version of the standard applied; null when no module declares the standard.</summary>
    public DateOnly? StandardFrom { get; init; }

    /// <summary>Key of the module criterion; null when no module declares the standard.</summary>
    public string? Criterion { get; init; }

    /// <summary>Key of the recognising department.</summary>
    public required string Recogniser { get; init; }

    /// <summary>Account of the proposer.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>Day of the proposal.</summary>
    public required DateOnly ProposedOn { get; init; }

    /// <summary>Day of the department's own decision, if any yet.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Day of the act itself, if it is known.</summary>
    public DateOnly? ActOn { get; init; }

    /// <summary>Last day of validity.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>Day a prior notice was delivered, when that happened before the proposal.</summary>
    public DateOnly? NoticeDeliveredOn { get; init; }

    /// <summary>Law that exempts from prior notice.</summary>
    public string? NoticeExemption { get; init; }

    /// <summary>May be published.</summary>
    public bool Publishable { get; init; } = true;

    /// <summary>Why not.</summary>
    public string? UnpublishableReason { get; init; }

    /// <summary>Grade of the conduct; null on red entries and where the framework knows none.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The framework shows conduct of this grade to the public; what it does not show stays in the register.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>Term of the punishment in months.</summary>
    public int? PunishMonths { get; init; }

    /// <summary>Months before repair or early exit can be applied for, where the standard sets them.</summary>
    public int? EarliestExitMonths { get; init; }

    /// <summary>May be repaired.</summary>
    public bool Repairable { get; init; }

    /// <summary>Ways of repair.</summary>
    public string? RepairModes { get; init; }

    /// <summary>Months from the recognition within which the subject may repair; null means as long as the punishment runs.</summary>
    public int? RepairMonths { get; init; }

    /// <summary>Able to perform but refuses.</summary>
    public bool AbleButRefuses { get; init; }

    /// <summary>Why watched.</summary>
    public WatchReason? WatchReason { get; init; }

    /// <summary>Minor offences in the pack's window; for repeated minor ones only.</summary>
    public int? MinorOffences { get; init; }

    /// <summary>Months on the watch list after exit from black.</summary>
    public int? WatchMonthsAfterExit { get; init; }

    /// <summary>Entry it follows.</summary>
    public Guid? PredecessorId { get; init; }

    /// <summary>Intake batch it came with.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Policy pack in force.</summary>
    public required string PolicyPack { get; init; }

    /// <summary>What it rests on.</summary>
    public required IReadOnlyList<EntryBasis> Bases { get; init; }

    /// <summary>Every reason against the proposal as stated.</summary>
    public IEnumerable<Refusal> Check()
    {
        foreach (var tooLong in Lengths().OfType<Refusal>())
        {
            yield return tooLong;
        }

        if (string.IsNullOrWhiteSpace(Facts))
        {
            yield return new("facts-missing", "请写明认定事实。", "State the facts found.", Clause.R("3.2.3.b"), "facts");
        }

        if (Subject.Kind == SubjectKind.NaturalPerson && (ForbiddenKinds.IsIn(Facts) || Bases.Any(basis => ForbiddenKinds.IsIn(basis.Text))))
        {
            yield return ForbiddenKinds.Refused("facts");
        }

        if (string.IsNullOrWhiteSpace(Domain))
        {
            yield return new("domain-missing", "请写明领域。", "State the domain.", Clause.R("3.4.1"), "domain");
        }

        if (Bases.Count == 0)
        {
            yield return new("basis-missing", "至少引用一项依据。", "Cite at least one basis of an admitted kind.", Clause.R("3.2.1.b"), "bases");
        }

        if (Bases.Any(basis => string.IsNullOrWhiteSpace(basis.Text) || (string.IsNullOrWhiteSpace(basis.DocumentNumber) && basis.PenaltyId is null && basis.RecordId is null)))
        {
            yield return new(
                "basis-without-evidence",
                "每项依据须写明法律或文件，并附文书号、已公示处罚或信用记录。",
                "Each basis names its law or document, and the deciding document, a published penalty or a credit record as evidence.",
                Clause.R("3.2.1.b"),
                "bases");
        }

        if (List != ListKind.Red && Category is null)
        {
            yield return new("category-missing", "惩戒类条目须且只须一个失信行为分类。", "A punish entry has exactly one category of conduct.", Clause.R("3.4.1"), "category");
        }

        if (string.IsNullOrWhiteSpace(Standard))
        {
            yield return new("standard-missing", "请引用认定标准。", "Cite the recognition standard.", Clause.R("3.2.1.a"), "standard");
        }

        if (StandardLevel is not (StandardLevel.National or StandardLevel.Provincial))
        {
            yield return new("standard-level", "只有国家级、省级标准可作为名单认定标准。", "Only a national or provincial standard can back a list.", Clause.R("3.2.1.a"), "standardLevel");
        }

        // A decision reported so late that its term is over is still recorded; it can never come into force (I29).
        if (ValidTo < (DecidedOn ?? ProposedOn))
        {
            yield return new("validity-over", "有效期止早于认定日期。", "The last day of validity lies before the decision.", Clause.R("3.2.3.b"), "validTo");
        }

        if (DecidedOn > ProposedOn)
        {
            yield return new("decided-in-future", "认定日期不得晚于今日。", "The day of decision cannot lie after today.", Clause.R("3.2.3.b"), "decidedOn");
        }

        if (ActOn > (DecidedOn ?? ProposedOn))
        {
            yield return new("act-in-future", "行为发生日期不得晚于认定日期。", "The day of the act cannot lie after the decision.", Clause.R("3.4.6.a"), "actOn");
        }

        if (!Publishable && string.IsNullOrWhiteSpace(UnpublishableReason))
        {
            yield return new("publish-decision", "不公开须说明理由。", "Say why the entry may not be published.", Clause.R("3.2.4.h"), "unpublishableReason");
        }

        if (List == ListKind.Watch && WatchReason is null or Listing.WatchReason.AfterBlack)
        {
            yield return new("watch-reason", "请写明列入重点关注名单的情形。", "State why the subject is watched.", Clause.R("3.5.5.a"), "watchReason");
        }

        if (List != ListKind.Red && PunishMonths is not > 0)
        {
            yield return new("punish-term-missing", "请写明惩戒期限(月)。", "State the term of punishment in months.", Clause.R("3.5.4.a"), "punishMonths");
        }

        if (Repairable && List != ListKind.Red && string.IsNullOrWhiteSpace(RepairModes))
        {
            yield return new("repair-modes-missing", "可修复条目须写明修复方式。", "A repairable entry states the ways of repair.", Clause.R("3.5.4.a"), "repairModes");
        }

        if (RepairMonths is { } months && (months <= 0 || months > PunishMonths))
        {
            yield return new(
                "repair-term-out-of-range",
                "修复期限应在惩戒期限之内。",
                "The period of repair lies within the term of the punishment.",
                Clause.R("3.5.4.a"),
                "repairMonths");
        }
    }

    private IEnumerable<Refusal?> Lengths() =>
    [
        TextLength.Against(Domain, TextLength.Name, "domain"),
        TextLength.Against(LegalRepresentative, TextLength.Name, "subject.legalRepresentative"),
        TextLength.Against(Facts, TextLength.Facts, "facts"),
        TextLength.Against(Standard, TextLength.Name, "standard"),
        TextLength.Against(StandardApproval, TextLength.Name, "standardApproval"),
        TextLength.Against(NoticeExemption, TextLength.Text, "noticeExemption"),
        TextLength.Against(UnpublishableReason, TextLength.Text, "unpublishableReason"),
        TextLength.Against(RepairModes, TextLength.Text, "repairModes"),
        .. Bases.Select(basis => TextLength.Against(basis.Text, TextLength.Text, "bases") ?? TextLength.Against(basis.DocumentNumber, TextLength.Name, "bases")),
    ];
}
