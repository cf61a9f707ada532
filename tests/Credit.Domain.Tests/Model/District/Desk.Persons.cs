using Credit.Domain.Accountability;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <content>Who answers for an organisation's entry.</content>
internal sealed partial class Desk
{
    private IReadOnlyList<AccountabilityItem> LiveItems(ListEntry entry) => session.Items(item =>
        item.EntryId == entry.Id && item.State is AccountabilityState.Named or AccountabilityState.InForce && item.EntryId == entry.Id);

    private void HoldToAccount(ListEntry entry)
    {
        if (!AccountabilityItem.Traces(entry) || !entry.InForce(_today))
        {
            return;
        }

        var items = LiveItems(entry).ToList();
        foreach (var named in items.Where(item => item.State == AccountabilityState.Named))
        {
            _ = named.Start(_today).Value;
        }

        var answerable = AccountabilityItem.AnswerableFor(entry, district.Officeholders.Where(holder => holder.OrganisationId == entry.SubjectId));
        foreach (var wrong in items.Where(item => item.NamedFor is null && answerable.All(holder => holder.PersonId != item.PersonId)).ToArray())
        {
            _ = wrong.Delete(_today).Value;
            _ = items.Remove(wrong);
        }

        var held = items.Select(item => item.PersonId).ToHashSet();
        foreach (var holder in answerable.Where(holder => held.Add(holder.PersonId)))
        {
            session.Add(AccountabilityItem.Hold(entry, holder, _today));
        }

        if (entry.PredecessorId is { } before && items.Count == 0)
        {
            foreach (var item in session.Items(item => item.EntryId == before && item.NamedFor is not null && item.State != AccountabilityState.Deleted).Where(item => held.Add(item.PersonId)))
            {
                session.Add(AccountabilityItem.Name(entry, new(item.PersonId, item.PersonName, item.PersonMask), item.Responsibility, item.NamedFor!, _today).Value);
            }
        }
    }

    private void EndAccount(ListEntry entry, bool wrong, DateOnly exitDay)
    {
        foreach (var item in LiveItems(entry))
        {
            _ = item.Depart(wrong, exitDay).Value;
        }
    }

    private IReadOnlyList<Refusal> NameResponsible(ListEntry entry)
    {
        var person = district.Officeholders.FirstOrDefault(holder => holder.OrganisationId == entry.SubjectId && !holder.InOffice(_today))?.PersonId ?? entry.SubjectId;
        var named = AccountabilityItem.Name(entry, new(person, "钱某", "3708***********22"), Responsibility.DirectlyResponsible, request.Text, _today);
        if (named.Accepted && LiveItems(entry).Any(item => item.PersonId == person))
        {
            return [Missing("person-already-answers")];
        }

        if (named.Accepted)
        {
            session.Add(named.Value);
        }

        return named.Refusals;
    }
}
