using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;

namespace Credit.OData.Sets;

/// <summary>Persons who answer for entries the own department recognised.</summary>
public sealed record AccountabilityRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The organisation's entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>The organisation.</summary>
    public Guid OrganisationId { get; init; }

    /// <summary>Name of the organisation.</summary>
    public string OrganisationName { get; init; } = "";

    /// <summary>List of the entry.</summary>
    public string List { get; init; } = "";

    /// <summary>Domain of the entry.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Surname of the person.</summary>
    public string PersonName { get; init; } = "";

    /// <summary>Masked identifier of the person.</summary>
    public string? PersonMask { get; init; }

    /// <summary>In what the person answers.</summary>
    public string Responsibility { get; init; } = "";

    /// <summary>Day of the act.</summary>
    public DateOnly ActOn { get; init; }

    /// <summary>Named, in force or ended.</summary>
    public string State { get; init; } = "";

    /// <summary>First day in the personal file.</summary>
    public DateOnly? HeldFrom { get; init; }

    /// <summary>First day it no longer counts.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>Persons who answer for entries the own department recognised. Others ask with a review ticket (requirements §13).</summary>
internal sealed class AccountabilityItems(OfficialDbContext db, Caller caller, TimeProvider clock) : IEntitySet<AccountabilityRow>
{
    public static string Name => "AccountabilityItems";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Persons who answer for entries the own department recognised.";

    public static void Shape(ISetShape<AccountabilityRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EntryId, each => each.OrganisationId, each => each.PersonId, each => each.Domain, each => each.ActOn, each => each.HeldFrom, each => each.EndedOn)
        .Sort(each => each.ActOn)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<AccountabilityRow> Rows()
    {
        // The last day of the entry ends it for every reader, whether or not the clockwork came by (I33).
        var today = clock.Today();
        return
            from each in db.AccountabilityItems
            where each.Recogniser == caller.Department && each.State != AccountabilityState.Deleted
            let surname = each.PersonName.Substring(0, 1)
            select new AccountabilityRow
            {
                Id = each.Id,
                EntryId = each.EntryId,
                OrganisationId = each.OrganisationId,
                OrganisationName = each.OrganisationName,
                List = each.List.ToString(),
                Domain = each.Domain,
                PersonId = each.PersonId,
                PersonName = surname + "＊",
                PersonMask = each.PersonMask,
                Responsibility = each.Responsibility.ToString(),
                ActOn = each.ActOn,
                State = each.State == AccountabilityState.InForce && db.Entries.Any(entry => entry.Id == each.EntryId && entry.ValidTo < today)
                    ? nameof(AccountabilityState.Ended) : each.State.ToString(),
                HeldFrom = each.HeldFrom,
                EndedOn = each.EndedOn,
            };
    }
}
