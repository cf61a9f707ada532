using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Disclosure;

/// <summary>Where something to be disclosed stands.</summary>
public enum DisclosureState
{
    /// <summary>Proposed; internal.</summary>
    Proposed,

    /// <summary>Approved by a second person; public.</summary>
    Approved,

    /// <summary>Not approved.</summary>
    Refused,
}

/// <summary>
/// 曝光: a serious case with bad social effect for the media to expose. Public after the approval of a second person,
/// anonymous for natural persons, and for as long as the entry itself is public.
/// </summary>
public sealed class ExposureItem : Aggregate
{
    private ExposureItem()
    {
    }

    /// <summary>The black entry it exposes.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>Department that proposed it: the recogniser.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Title.</summary>
    [GoneAfterRetention]
    public string Title { get; private init; } = "";

    /// <summary>Name of the subject; for natural persons the surname and 某, fixed at the proposal.</summary>
    [GoneAfterRetention]
    public string SubjectName { get; private init; } = "";

    /// <summary>What happened and what it did to society.</summary>
    [GoneAfterRetention]
    public string Facts { get; private init; } = "";

    /// <summary>Account that proposed it.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day proposed.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public DisclosureState State { get; private set; }

    /// <summary>Day it was decided.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Account that decided; never the one that proposed.</summary>
    public string? DecidedBy { get; private set; }

    internal static Outcome<ExposureItem> Propose(ListEntry entry, string title, string facts, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (entry.List != ListKind.Black || !entry.InForce(today) || !entry.Publishable)
        {
            refusals.Add(new("nothing-to-expose", "只有生效且可公示的黑名单条目可以曝光。", "Only a black entry that is in force and public by law can be exposed.", Clause.R("3.6.3")));
        }

        if (string.IsNullOrWhiteSpace(title))
        {
            refusals.Add(new("title-missing", "请填写标题。", "State a title.", Clause.R("3.6.3"), "title"));
        }

        if (string.IsNullOrWhiteSpace(facts))
        {
            refusals.Add(new("facts-missing", "请写明事实。", "State the facts.", Clause.R("3.6.3"), "facts"));
        }

        refusals.AddRange(new[] { TextLength.Against(title, TextLength.Name, "title"), TextLength.Against(facts, TextLength.Facts, "facts") }.OfType<Refusal>());
        if (entry.SubjectKind == SubjectKind.NaturalPerson
            && (NameInText.IsIn(title, entry.SubjectName) || NameInText.IsIn(facts, entry.SubjectName)))
        {
            refusals.Add(new(
                "exposure-names-person", "曝光内容中不得出现自然人姓名、证件号码或电话。", "An exposure may not hold names of natural persons, identity numbers or telephone numbers.", Clause.R("3.6.3"), "facts"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<ExposureItem>.Refused(refusals);
        }

        var item = new ExposureItem
        {
            EntryId = entry.Id,
            Department = entry.Recogniser,
            Title = title,
            SubjectName = entry.SubjectKind == SubjectKind.NaturalPerson ? AnonymousName.Of(entry.SubjectName) : entry.SubjectName,
            Facts = facts,
            ProposedBy = by,
            ProposedOn = today,
        };
        item.Announce(new ExposureMoved(item.Id, item.EntryId, DisclosureState.Proposed), Clause.R("3.6.3"));
        return item;
    }

    /// <summary>A second person of the department decides.</summary>
    internal Outcome<ExposureItem> Decide(bool approve, string by, DateOnly today)
    {
        if (State != DisclosureState.Proposed)
        {
            return new Refusal("state-does-not-allow", "曝光已审定。", "The exposure is already decided.", Clause.R("3.6.3"));
        }

        if (by == ProposedBy)
        {
            return new Refusal("four-eyes", "提出人不得审定本曝光。", "Who proposed the exposure cannot approve it.", Clause.R("3.6.3"));
        }

        (State, DecidedBy, DecidedOn) = (approve ? DisclosureState.Approved : DisclosureState.Refused, by, today);
        Announce(new ExposureMoved(Id, EntryId, State), Clause.R("3.6.3"));
        return this;
    }
}

/// <summary>How a natural person is named where it stays anonymous.</summary>
internal static class AnonymousName
{
    /// <summary>Surname and 某.</summary>
    public static string Of(string name) => name.Length == 0 ? "" : string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[0]) ? 2 : 1), "某");
}

/// <summary>An exposure was proposed, approved or turned down.</summary>
[WireName("exposure.moved.v1")]
public sealed record ExposureMoved(Guid ExposureId, Guid EntryId, DisclosureState To);
