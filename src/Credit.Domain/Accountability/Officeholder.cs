using Credit.Domain.Policy;

namespace Credit.Domain.Accountability;

/// <summary>In what a person answers for an organisation (R-3.4.6.a). The order is the order of precedence where one person holds several.</summary>
public enum Responsibility
{
    /// <summary>法定代表人.</summary>
    LegalRepresentative,

    /// <summary>主要负责人.</summary>
    MainResponsiblePerson,

    /// <summary>直接责任人员.</summary>
    DirectlyResponsible,
}

/// <summary>
/// A person in an office of an organisation, with the days in office (R-3.4.6.a). The person is a subject of its own; its
/// identifier is sealed there, here stands what officers may see.
/// </summary>
public sealed class Officeholder : Aggregate
{
    private Officeholder()
    {
    }

    /// <summary>The organisation.</summary>
    public Guid OrganisationId { get; private init; }

    /// <summary>The person, a subject of its own.</summary>
    public Guid PersonId { get; private init; }

    /// <summary>Name of the person.</summary>
    public string PersonName { get; private init; } = "";

    /// <summary>Masked identifier of the person.</summary>
    public string? PersonMask { get; private init; }

    /// <summary>The office.</summary>
    public Responsibility Office { get; private init; }

    /// <summary>First day in office.</summary>
    public DateOnly Since { get; private init; }

    /// <summary>Last day in office; null while in office.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>Department that recorded it.</summary>
    public string RecordedBy { get; private init; } = "";

    /// <summary>What it rests on, for example the registry's notice of change; without personal numbers.</summary>
    public string Evidence { get; private init; } = "";

    /// <summary>Account that recorded it.</summary>
    public string RecordedByOfficer { get; private init; } = "";

    /// <summary>Where it stands: only a confirmed office makes anybody answer.</summary>
    public OfficeState State { get; private set; }

    /// <summary>Account that confirmed it, or turned it down; null until then.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>What its end rests on; null while in office.</summary>
    public string? EndReason { get; private set; }

    /// <summary>In office on this day, first and last included (D8).</summary>
    public bool InOffice(DateOnly day) => Since <= day && (Until is not { } last || day <= last);

    /// <summary>A department records an office. It counts for nothing until a second officer of the department confirmed it.</summary>
    /// <param name="organisation">The organisation.</param>
    /// <param name="person">Who holds it.</param>
    /// <param name="claim">What is recorded.</param>
    /// <param name="registeredRepresentative">Legal representative as the registry has it; null when it has none.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="known">Offices of the organisation on record.</param>
    internal static Outcome<Officeholder> Record(
        Guid organisation, PersonHeld person, OfficeClaim claim, string? registeredRepresentative, DateOnly today, IReadOnlyCollection<Officeholder> known)
    {
        var refusals = Against(person, claim, registeredRepresentative, today, known).ToArray();
        if (refusals.Length > 0)
        {
            return Outcome<Officeholder>.Refused(refusals);
        }

        var recorded = new Officeholder
        {
            OrganisationId = organisation,
            PersonId = person.Id,
            PersonName = person.Name,
            PersonMask = person.Mask,
            Office = claim.Office,
            Since = claim.Since,
            Until = claim.Until,
            Evidence = claim.Evidence,
            RecordedBy = claim.Department,
            RecordedByOfficer = claim.Officer,
            State = OfficeLifecycle.Table.Start,
        };
        recorded.Announce(new OfficeRecorded(recorded.Id, organisation, person.Id, claim.Office, claim.Since, claim.Until), Clause.R("3.4.6.a"));
        return recorded;
    }

    /// <summary>A second officer confirms the office, or turns it down (I84).</summary>
    internal Outcome<Officeholder> Decide(bool confirmed, string by) => by == RecordedByOfficer
        ? new Refusal("four-eyes", "登记人不得确认本人登记的任职。", "Who recorded the office does not confirm it.", Clause.Standard("I84"))
        : OfficeLifecycle.Table.Fire(State, confirmed ? OfficeTrigger.Confirm : OfficeTrigger.Reject).Then<Officeholder>(move =>
        {
            (State, DecidedBy) = (move.To, by);
            Announce(new OfficeDecided(Id, OrganisationId, PersonId, confirmed), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });

    /// <summary>Records the last day in office.</summary>
    /// <param name="last">Last day in office.</param>
    /// <param name="reason">What the end rests on.</param>
    /// <param name="by">Account that records the end; never the one that recorded the office (I84).</param>
    /// <param name="answersSince">Latest act the person answers for by an office of the organisation; null when it answers for none.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<Officeholder> Leave(DateOnly last, string reason, string by, DateOnly? answersSince, DateOnly today)
    {
        if (by == RecordedByOfficer)
        {
            return new Refusal("four-eyes", "登记人不得登记本人所登记任职的结束。", "Who recorded the office does not record its end.", Clause.Standard("I84"));
        }

        if (State != OfficeState.Confirmed)
        {
            return new Refusal("office-not-confirmed", "该任职尚未确认，或未获确认。", "The office is not confirmed.", Clause.R("3.4.6.a"));
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.4.6.a"), "reason");
        }

        if (TextLength.Against(reason, TextLength.Text, "reason") is { } tooLong)
        {
            return tooLong;
        }

        if (Until is not null)
        {
            return new Refusal("office-already-left", "任职已结束。", "The office has already ended.", Clause.R("3.4.6.a"));
        }

        if (last > today || last < Since)
        {
            return new Refusal(
                "office-days-wrong", "任职起止日期不正确。", "The days in office are not right: they lie after today, or end before they begin.", Clause.R("3.4.6.a"), "until");
        }

        if (last < answersSince)
        {
            return new Refusal(
                "office-end-frees-person", "该人员正因此后发生的行为被追溯责任，不得倒签离任日期；有异议的请向认定部门提出。",
                "The person answers for an act after that day: the end is not dated back before it. The way is an objection with the recogniser.", Clause.R("3.4.6.a"));
        }

        (Until, EndReason) = (last, reason);
        Announce(new OfficeLeft(Id, OrganisationId, PersonId, last), Clause.R("3.4.6.a"));
        return this;
    }

    private static IEnumerable<Refusal> Against(
        PersonHeld person, OfficeClaim claim, string? registeredRepresentative, DateOnly today, IReadOnlyCollection<Officeholder> known)
    {
        if (claim.Since > today || claim.Until < claim.Since || claim.Until > today)
        {
            yield return new(
                "office-days-wrong", "任职起止日期不正确。", "The days in office are not right: they lie after today, or end before they begin.", Clause.R("3.4.6.a"), "since");
        }

        if (string.IsNullOrWhiteSpace(claim.Evidence))
        {
            yield return new("office-evidence-missing", "请写明任职依据。", "State what the office rests on.", Clause.R("3.4.6.a"), "evidence");
        }

        if (TextLength.Against(claim.Evidence, TextLength.Text, "evidence") is { } tooLong)
        {
            yield return tooLong;
        }

        var sameDays = known.Where(each => each.State != OfficeState.Rejected && each.Office == claim.Office
            && each.Since <= (claim.Until ?? DateOnly.MaxValue) && (each.Until is not { } last || claim.Since <= last)).ToArray();
        if (sameDays.Any(each => each.PersonId == person.Id))
        {
            yield return new("office-already-recorded", "该人员在此期间的该职务已登记。", "That person's office is already recorded for these days.", Clause.R("3.4.6.a"));
        }

        if (claim.Office != Responsibility.LegalRepresentative)
        {
            yield break;
        }

        if (sameDays.Any(each => each.PersonId != person.Id))
        {
            yield return new(
                "second-legal-representative", "该单位在此期间已登记另一名法定代表人。", "Another legal representative is on record for these days.", Clause.R("3.4.6.a"), "since");
        }

        if (claim.Until is null && registeredRepresentative is { Length: > 0 } registered && registered.Trim() != person.Name.Trim())
        {
            yield return new(
                "not-registered-representative", "与登记的法定代表人不一致。", "The registry has another legal representative.", Clause.R("3.4.6.a"), "person.name");
        }
    }
}

/// <summary>An office as a department records it.</summary>
/// <param name="Office">The office.</param>
/// <param name="Since">First day in office.</param>
/// <param name="Until">Last day in office; null while in office.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Department">Department that records it.</param>
/// <param name="Officer">Account that records it.</param>
public sealed record OfficeClaim(Responsibility Office, DateOnly Since, DateOnly? Until, string Evidence, string Department, string Officer);

/// <summary>A person as other records hold one: never the number itself.</summary>
/// <param name="Id">The subject.</param>
/// <param name="Name">Name.</param>
/// <param name="Mask">Masked identifier.</param>
public sealed record PersonHeld(Guid Id, string Name, string? Mask);
