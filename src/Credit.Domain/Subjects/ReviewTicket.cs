using Credit.Domain.Policy;

namespace Credit.Domain.Subjects;

/// <summary>What a review ticket lets its holder see.</summary>
public enum ReviewMatter
{
    /// <summary>The certificate number of the entry's subject.</summary>
    CertificateNumber,

    /// <summary>The personal credit file of the subject, or of a person who answers for the unit (R-3.4.6.b).</summary>
    PersonalFile,
}

/// <summary>
/// 使用审查: leave to see the certificate number of an entry's subject once, for a stated purpose, given by a second person
/// of the same department (R-3.2.4.f). The ticket never holds the number.
/// </summary>
public sealed class ReviewTicket : Aggregate
{
    private ReviewTicket()
    {
    }

    /// <summary>The entry whose subject it is about.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>What it lets its holder see.</summary>
    public ReviewMatter Matter { get; private init; }

    /// <summary>The subject; of a personal file, the person.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Department that asks and decides.</summary>
    public string Department { get; private init; } = "";

    /// <summary>What the number is needed for.</summary>
    [GoneAfterRetention]
    public string Purpose { get; private init; } = "";

    /// <summary>Number of the case it is needed in.</summary>
    [GoneAfterRetention]
    public string CaseNumber { get; private init; } = "";

    /// <summary>Account that asked; the only one the number is shown to.</summary>
    public string RequestedBy { get; private init; } = "";

    /// <summary>Day it was asked for.</summary>
    public DateOnly RequestedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public ReviewState State { get; private set; }

    /// <summary>Account that decided; never the one that asked (I84).</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Last instant at which the number is shown, UTC; null until approved.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <summary>Instant it was used, UTC; null until then.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    internal static Outcome<ReviewTicket> Request(
        Listing.ListEntry entry, string department, string purpose, string caseNumber, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (entry.SubjectKind != SubjectKind.NaturalPerson)
        {
            refusals.Add(new(
                "nothing-masked", "该条目主体不是自然人，没有脱敏的证件号码。", "The subject is no natural person: no number of it is masked.", Clause.R("3.2.4.f")));
        }

        refusals.AddRange(Against(purpose, caseNumber));
        return refusals.Count > 0
            ? Outcome<ReviewTicket>.Refused(refusals)
            : Of(entry, entry.SubjectId, ReviewMatter.CertificateNumber, (department, purpose, caseNumber), by, today);
    }

    /// <summary>Asks to read the personal credit file of a person whom the entry lists or holds to account (R-3.4.6.b).</summary>
    internal static Outcome<ReviewTicket> RequestFile(
        Listing.ListEntry entry, Guid person, string department, string purpose, string caseNumber, string by, DateOnly today)
    {
        Refusal[] refusals = [.. Against(purpose, caseNumber)];
        return refusals.Length > 0
            ? Outcome<ReviewTicket>.Refused(refusals)
            : Of(entry, person, ReviewMatter.PersonalFile, (department, purpose, caseNumber), by, today);
    }

    private static IEnumerable<Refusal> Against(string purpose, string caseNumber)
    {
        if (string.IsNullOrWhiteSpace(purpose))
        {
            yield return new("purpose-missing", "请写明使用目的。", "State what it is needed for.", Clause.R("3.2.4.f"), "purpose");
        }

        if (string.IsNullOrWhiteSpace(caseNumber))
        {
            yield return new("case-number-missing", "请写明案件或事项编号。", "State the number of the case.", Clause.R("3.2.4.f"), "caseNumber");
        }
    }

    private static ReviewTicket Of(
        Listing.ListEntry entry, Guid subject, ReviewMatter matter, (string Department, string Purpose, string CaseNumber) request, string by, DateOnly today)
    {
        var ticket = new ReviewTicket
        {
            EntryId = entry.Id,
            Matter = matter,
            SubjectId = subject,
            Department = request.Department,
            Purpose = request.Purpose,
            CaseNumber = request.CaseNumber,
            RequestedBy = by,
            RequestedOn = today,
        };
        ticket.Announce(
            new ReviewRequested(ticket.Id, entry.Id, subject, request.Department), Clause.R(matter == ReviewMatter.CertificateNumber ? "3.2.4.f" : "3.4.6.b"));
        return ticket;
    }

    /// <summary>Decided by a second person of the department.</summary>
    internal Outcome<ReviewTicket> Decide(bool approve, string by, DateTimeOffset validUntil) => by == RequestedBy
        ? new Refusal("four-eyes", "申请人不得审批自己的申请。", "Who asked does not decide: a second person must.", Clause.Standard("I84"))
        : Fire(approve ? ReviewTrigger.Approve : ReviewTrigger.Deny, () =>
        {
            DecidedBy = by;
            ValidUntil = approve ? validUntil : null;
        });

    /// <summary>Uses the ticket up. The caller shows the number after this is committed to the log, never before.</summary>
    internal Outcome<ReviewTicket> Reveal(string by, DateTimeOffset now) => this switch
    {
        _ when by != RequestedBy => new Refusal(
            "review-ticket-of-another", "审查单只供申请人本人使用。", "The ticket is for the account that asked for it.", Clause.R("3.2.4.f")),
        { State: ReviewState.Requested or ReviewState.Denied } => new Refusal(
            "review-ticket-not-approved", "审查单未获批准。", "The review ticket is not approved.", Clause.R("3.2.4.f")),
        { State: ReviewState.Used } => new Refusal(
            "review-ticket-used", "审查单已使用；证件号码只显示一次。", "The review ticket is used up: the number is shown once.", Clause.R("3.2.4.f")),
        _ when now > ValidUntil => new Refusal(
            "review-ticket-expired", "审查单已过有效时间。", "The time of the review ticket is over.", Clause.R("3.2.4.f")),
        _ => Fire(ReviewTrigger.Reveal, () => UsedAt = now),
    };

    private Outcome<ReviewTicket> Fire(ReviewTrigger on, Action effect) =>
        ReviewTicketLifecycle.Table.Fire(State, on).Then<ReviewTicket>(move =>
        {
            State = move.To;
            effect();
            Announce(new ReviewMoved(Id, EntryId, SubjectId, Department, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}

/// <summary>An officer asked to see a certificate number.</summary>
[WireName("review-ticket.requested.v1")]
public sealed record ReviewRequested(Guid TicketId, Guid EntryId, Guid SubjectId, string Department);

/// <summary>A review ticket was decided, or used: then somebody saw a certificate number, which the log does not hold.</summary>
[WireName("review-ticket.moved.v1")]
public sealed record ReviewMoved(Guid TicketId, Guid EntryId, Guid SubjectId, string Department, ReviewState To);
