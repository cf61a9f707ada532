using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>个人信用档案: what the platform holds about a natural person (R-3.4.6.b). Never public.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name.</param>
/// <param name="Mask">Masked identifier.</param>
/// <param name="Professions">Profession tags in force.</param>
/// <param name="Accountability">Entries of organisations the person answers, or answered, for.</param>
/// <param name="Entries">The person's own list entries.</param>
internal sealed record PersonalFile(
    Guid PersonId, string Name, string? Mask, IReadOnlyList<Profession> Professions, IReadOnlyList<PersonalFile.AccountableFor> Accountability,
    IReadOnlyList<PersonalFile.OwnEntry> Entries)
{
    /// <summary>Puts the file together; null when there is no such person.</summary>
    /// <param name="db">The register.</param>
    /// <param name="person">The person.</param>
    /// <param name="today">Today in the district.</param>
    /// <param name="whole">True shows the tag of public servants too: to the person itself, and to who keeps the integrity files.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<PersonalFile?> OfAsync(CreditDbContext db, Guid person, DateOnly today, bool whole, CancellationToken cancel)
    {
        var subject = await db.Subjects.AsNoTracking()
            .SingleOrDefaultAsync(each => each.Id == person && each.Kind == Domain.Subjects.SubjectKind.NaturalPerson, cancel);
        if (subject is null)
        {
            return null;
        }

        var professions = await db.ProfessionTags.AsNoTracking()
            .Where(tag => tag.PersonId == person && tag.EndedOn == null && (whole || tag.Profession != Profession.PublicServant))
            .Select(tag => tag.Profession).ToListAsync(cancel);
        var items = await (
            from item in db.AccountabilityItems.AsNoTracking()
            join entry in db.Entries on item.EntryId equals entry.Id
            where item.PersonId == person && (item.State == AccountabilityState.InForce || item.State == AccountabilityState.Ended)
            orderby item.HeldFrom, item.Id
            select new AccountableFor(
                item.Id, item.EntryId, item.OrganisationName, item.List, item.Domain, item.Recogniser, item.Responsibility, item.NamedFor, item.ActOn,
                item.State == AccountabilityState.InForce && entry.ValidTo >= today, item.HeldFrom!.Value, item.EndedOn)).ToListAsync(cancel);

        // Who was listed by mistake was never listed.
        var own = await db.Entries.AsNoTracking()
            .Where(entry => entry.SubjectId == person
                && (entry.State == EntryState.Active || entry.State == EntryState.Verifying || (entry.State == EntryState.Exited && entry.ExitReason != ExitReason.Erroneous)))
            .OrderBy(entry => entry.ValidFrom).ThenBy(entry => entry.Id)
            .Select(entry => new OwnEntry(
                entry.Id, entry.List, entry.Domain, entry.Recogniser, entry.State != EntryState.Exited && entry.ValidTo >= today, entry.ValidFrom, entry.ValidTo, entry.ExitedOn))
            .ToListAsync(cancel);
        return new PersonalFile(person, subject.Name, subject.Mask, [.. professions.Order()], items, own);
    }

    // A record would print its members into whatever logs it.
    public override string ToString() => nameof(PersonalFile);

    /// <summary>An entry of an organisation that the person answers for. It is no list entry of the person (I52).</summary>
    /// <param name="ItemId">The accountability item.</param>
    /// <param name="EntryId">The organisation's entry.</param>
    /// <param name="OrganisationName">The organisation.</param>
    /// <param name="List">List of the entry.</param>
    /// <param name="Domain">Domain of the entry.</param>
    /// <param name="Recogniser">Department that recognised it.</param>
    /// <param name="Responsibility">In what the person answers.</param>
    /// <param name="NamedFor">Why, where the recogniser named the person; null for who was in office.</param>
    /// <param name="ActOn">Day of the act.</param>
    /// <param name="InForce">True while the entry is in force.</param>
    /// <param name="HeldFrom">First day in the file.</param>
    /// <param name="EndedOn">First day it no longer counts.</param>
    internal sealed record AccountableFor(
        Guid ItemId, Guid EntryId, string OrganisationName, ListKind List, string Domain, string Recogniser, Responsibility Responsibility, string? NamedFor,
        DateOnly ActOn, bool InForce, DateOnly HeldFrom, DateOnly? EndedOn);

    /// <summary>A list entry of the person itself.</summary>
    /// <param name="EntryId">The entry.</param>
    /// <param name="List">The list.</param>
    /// <param name="Domain">领域.</param>
    /// <param name="Recogniser">Department that recognised it.</param>
    /// <param name="InForce">True while it is in force.</param>
    /// <param name="ValidFrom">First day in force.</param>
    /// <param name="ValidTo">Last day in force.</param>
    /// <param name="ExitedOn">Day it left its list.</param>
    internal sealed record OwnEntry(
        Guid EntryId, ListKind List, string Domain, string Recogniser, bool InForce, DateOnly? ValidFrom, DateOnly ValidTo, DateOnly? ExitedOn);
}
