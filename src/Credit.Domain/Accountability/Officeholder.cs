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

    /// <summary>In office on this day, first and last included (D8).</summary>
    public bool InOffice(DateOnly day) => Since <= day && (Until is not { } last || day <= last);

    internal static Outcome<Officeholder> Record(
        Guid organisation, PersonHeld person, Responsibility office, DateOnly since, DateOnly? until, string department, DateOnly today, IReadOnlyCollection<Officeholder> known)
    {
        List<Refusal> refusals = [];
        if (since > today || until < since || until > today)
        {
            refusals.Add(new(
                "office-days-wrong", "任职起止日期不正确。", "The days in office are not right: they lie after today, or end before they begin.", Clause.R("3.4.6.a"), "since"));
        }

        if (known.Any(each => each.PersonId == person.Id && each.Office == office && each.Since <= (until ?? DateOnly.MaxValue) && (each.Until is not { } last || since <= last)))
        {
            refusals.Add(new(
                "office-already-recorded", "该人员在此期间的该职务已登记。", "That person's office is already recorded for these days.", Clause.R("3.4.6.a")));
        }

        if (refusals.Count > 0)
        {
            return Outcome<Officeholder>.Refused(refusals);
        }

        var recorded = new Officeholder
        {
            OrganisationId = organisation,
            PersonId = person.Id,
            PersonName = person.Name,
            PersonMask = person.Mask,
            Office = office,
            Since = since,
            Until = until,
            RecordedBy = department,
        };
        recorded.Announce(new OfficeRecorded(recorded.Id, organisation, person.Id, office, since, until), Clause.R("3.4.6.a"));
        return recorded;
    }

    /// <summary>Records the last day in office.</summary>
    internal Outcome<Officeholder> Leave(DateOnly last, DateOnly today)
    {
        if (Until is not null)
        {
            return new Refusal("office-already-left", "任职已结束。", "The office has already ended.", Clause.R("3.4.6.a"));
        }

        if (last > today || last < Since)
        {
            return new Refusal(
                "office-days-wrong", "任职起止日期不正确。", "The days in office are not right: they lie after today, or end before they begin.", Clause.R("3.4.6.a"), "until");
        }

        Until = last;
        Announce(new OfficeLeft(Id, OrganisationId, PersonId, last), Clause.R("3.4.6.a"));
        return this;
    }
}

/// <summary>A person as other records hold one: never the number itself.</summary>
/// <param name="Id">The subject.</param>
/// <param name="Name">Name.</param>
/// <param name="Mask">Masked identifier.</param>
public sealed record PersonHeld(Guid Id, string Name, string? Mask);
