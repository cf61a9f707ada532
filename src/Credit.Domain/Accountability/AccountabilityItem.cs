using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Accountability;

/// <summary>
/// 责任追溯: a person answers for a black or watch entry of an organisation (R-3.4.6, I52). It stands in the personal credit
/// file and ends with the unit's exit. It is no list entry: a person is listed on a basis of its own, after a notice of its own (I15).
/// </summary>
public sealed class AccountabilityItem : Aggregate
{
    private AccountabilityItem()
    {
    }

    /// <summary>The organisation's entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The organisation.</summary>
    [GoneAfterRetention]
    public Guid OrganisationId { get; private init; }

    /// <summary>Name of the organisation.</summary>
    [GoneAfterRetention]
    public string OrganisationName { get; private init; } = "";

    /// <summary>List of the entry.</summary>
    public ListKind List { get; private init; }

    /// <summary>Domain of the entry.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Department that recognised the entry.</summary>
    public string Recogniser { get; private init; } = "";

    /// <summary>The person, a subject of its own.</summary>
    [GoneAfterRetention]
    public Guid PersonId { get; private init; }

    /// <summary>Name of the person; empty once the item is deleted.</summary>
    [GoneAfterRetention]
    public string PersonName { get; private set; } = "";

    /// <summary>Masked identifier of the person; null once the item is deleted.</summary>
    [GoneAfterRetention]
    public string? PersonMask { get; private set; }

    /// <summary>In what the person answers.</summary>
    public Responsibility Responsibility { get; private init; }

    /// <summary>Why the person answers, as the recogniser states it; null for whoever was in office when the act happened.</summary>
    [GoneAfterRetention]
    public string? NamedFor { get; private init; }

    /// <summary>Day of the act.</summary>
    public DateOnly ActOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public AccountabilityState State { get; private set; }

    /// <summary>First day in the personal file; null until then.</summary>
    public DateOnly? HeldFrom { get; private set; }

    /// <summary>First day it no longer counts; null while it does.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Day of the act an entry is about: as stated, else that of the decision (D8).</summary>
    public static DateOnly ActOf(ListEntry entry) => entry.ActOn ?? entry.DecidedOn ?? entry.RecognisedOn ?? entry.ProposedOn;

    /// <summary>Only black and watch entries of organisations trace responsibility to persons.</summary>
    public static bool Traces(ListEntry entry) => entry.List != ListKind.Red && entry.SubjectKind != Subjects.SubjectKind.NaturalPerson;

    /// <summary>Who answers for the entry by office: each person in office when the act happened, once, not the successor (I52, D8).</summary>
    internal static IReadOnlyList<Officeholder> AnswerableFor(ListEntry entry, IEnumerable<Officeholder> officeholders) => Traces(entry)
        ? [.. officeholders.Where(holder => holder.State == OfficeState.Confirmed && holder.InOffice(ActOf(entry))).OrderBy(holder => holder.Office).ThenBy(holder => holder.Id).DistinctBy(holder => holder.PersonId)]
        : [];

    /// <summary>The person was in office when the act happened; the entry is in force.</summary>
    internal static AccountabilityItem Hold(ListEntry entry, Officeholder holder, DateOnly today)
    {
        var item = Of(entry, new(holder.PersonId, holder.PersonName, holder.PersonMask), holder.Office, namedFor: null);
        item.State = AccountabilityState.InForce;
        item.HeldFrom = today;
        item.Announce(new AccountabilityStarted(item.Id, entry.Id, entry.SubjectId, item.Responsibility, today), Clause.R("3.4.6.a"));
        return item;
    }

    /// <summary>The recogniser names a person responsible, at recognition or later. It counts from the day the entry is in force.</summary>
    internal static Outcome<AccountabilityItem> Name(ListEntry entry, PersonHeld person, Responsibility responsibility, string reason, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (!Traces(entry))
        {
            refusals.Add(new(
                "nothing-to-trace", "只有单位的黑名单、重点关注名单条目追溯责任人员。", "Only black and watch entries of organisations trace responsibility to persons.", Clause.R("3.4.6.a")));
        }

        if (entry.State is not (EntryState.Recognised or EntryState.Active or EntryState.Verifying))
        {
            refusals.Add(new(
                "entry-not-recognised", "条目尚未认定或已经退出，不能追溯责任人员。", "The entry is not recognised yet, or over: nobody is named responsible for it now.", Clause.R("3.4.6.a")));
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            refusals.Add(new("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.4.6.a"), "reason"));
        }

        if (TextLength.Against(reason, TextLength.Text, "reason") is { } tooLong)
        {
            refusals.Add(tooLong);
        }

        if (refusals.Count > 0)
        {
            return Outcome<AccountabilityItem>.Refused(refusals);
        }

        var item = Of(entry, person, responsibility, reason);
        if (entry.InForce(today))
        {
            item.State = AccountabilityState.InForce;
            item.HeldFrom = today;
            item.Announce(new AccountabilityStarted(item.Id, entry.Id, entry.SubjectId, responsibility, today), Clause.R("3.4.6.a"));
        }
        else
        {
            item.Announce(new ResponsibleNamed(item.Id, entry.Id, entry.SubjectId, responsibility), Clause.R("3.4.6.a"));
        }

        return item;
    }

    /// <summary>The entry came into force.</summary>
    internal Outcome<AccountabilityItem> Start(DateOnly today) => Fire(AccountabilityTrigger.Start, move =>
    {
        HeldFrom = today;
        Announce(new AccountabilityStarted(Id, EntryId, OrganisationId, Responsibility, today), new Clause(Clause.Rencheng2019Document, move.Clause));
    });

    /// <summary>The unit's entry is over: what was in force ends with it, what never was, or should not have been, is deleted (rule 13).</summary>
    /// <param name="wrong">The unit was listed by mistake.</param>
    /// <param name="on">First day the entry is no longer in force.</param>
    internal Outcome<AccountabilityItem> Depart(bool wrong, DateOnly on) => wrong || State == AccountabilityState.Named ? Delete(on) : End(on);

    /// <summary>The unit left the list.</summary>
    internal Outcome<AccountabilityItem> End(DateOnly on) => Fire(AccountabilityTrigger.End, move =>
    {
        EndedOn = on;
        Announce(new AccountabilityEnded(Id, EntryId, OrganisationId, Deleted: false, on), new Clause(Clause.Rencheng2019Document, move.Clause));
    });

    /// <summary>The unit was listed by mistake, or the person was not in office after all: gone from the personal file, a fact of the log only.</summary>
    internal Outcome<AccountabilityItem> Delete(DateOnly on) => Fire(AccountabilityTrigger.Delete, move =>
    {
        EndedOn = on;
        PersonName = "";
        PersonMask = null;
        Announce(new AccountabilityEnded(Id, EntryId, OrganisationId, Deleted: true, on), new Clause(Clause.Rencheng2019Document, move.Clause));
    });

    private static AccountabilityItem Of(ListEntry entry, PersonHeld person, Responsibility responsibility, string? namedFor) => new()
    {
        EntryId = entry.Id,
        OrganisationId = entry.SubjectId,
        OrganisationName = entry.SubjectName,
        List = entry.List,
        Domain = entry.Domain,
        Recogniser = entry.Recogniser,
        PersonId = person.Id,
        PersonName = person.Name,
        PersonMask = person.Mask,
        Responsibility = responsibility,
        NamedFor = namedFor,
        ActOn = ActOf(entry),
        State = AccountabilityLifecycle.Table.Start,
    };

    private Outcome<AccountabilityItem> Fire(AccountabilityTrigger on, Action<Move<AccountabilityState, AccountabilityTrigger>> effect) =>
        AccountabilityLifecycle.Table.Fire(State, on).Then<AccountabilityItem>(move =>
        {
            State = move.To;
            effect(move);
            return this;
        });
}
