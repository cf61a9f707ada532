using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Enforcement;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Collected from feedback; internal.</summary>
    Collected,

    /// <summary>Approved by the lead office; public.</summary>
    Approved,

    /// <summary>Not suitable.</summary>
    Refused,
}

/// <summary>联合奖惩案例: what a joint reward or punishment achieved (R-3.5.1.c). Public only after approval, anonymous for natural persons.</summary>
public sealed class CreditCase : Aggregate
{
    private CreditCase()
    {
    }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>Reporting department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Title.</summary>
    [GoneAfterRetention]
    public string Title { get; private init; } = "";

    /// <summary>Name of the subject; for natural persons the surname and 某, fixed when the case is collected.</summary>
    [GoneAfterRetention]
    public string SubjectName { get; private init; } = "";

    /// <summary>Memorandum.</summary>
    public string Memorandum { get; private init; } = "";

    /// <summary>Measures carried out, by wording.</summary>
    public string[] Measures { get; private init; } = [];

    /// <summary>Effect.</summary>
    [GoneAfterRetention]
    public string Effect { get; private init; } = "";

    /// <summary>Typical case.</summary>
    public bool Typical { get; private init; }

    /// <summary>Account that collected it.</summary>
    public string CollectedBy { get; private init; } = "";

    /// <summary>Day collected.</summary>
    public DateOnly CollectedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; private set; }

    internal static CreditCase Collect(
        Listing.ListEntry entry, string department, string title, string memorandum, string[] measures, string effect, bool typical, string by, DateOnly today)
    {
        var collected = new CreditCase
        {
            EntryId = entry.Id,
            Department = department,
            Title = title,
            SubjectName = entry.SubjectKind == SubjectKind.NaturalPerson ? Anonymous(entry.SubjectName) : entry.SubjectName,
            Memorandum = memorandum,
            Measures = measures,
            Effect = effect,
            Typical = typical,
            CollectedBy = by,
            CollectedOn = today,
        };
        collected.Announce(new CaseMoved(collected.Id, CaseState.Collected), Clause.R("3.5.1.c"));
        return collected;
    }

    internal Outcome<CreditCase> Decide(bool approve, string by)
    {
        if (State != CaseState.Collected)
        {
            return new Refusal("state-does-not-allow", "案例已审定。", "The case is already decided.", Clause.R("3.5.1.c"));
        }

        if (by == CollectedBy)
        {
            return new Refusal("four-eyes", "报送人不得审定本案例。", "Who collected the case cannot approve it.", Clause.R("3.5.1.c"));
        }

        State = approve ? CaseState.Approved : CaseState.Refused;
        Announce(new CaseMoved(Id, State), Clause.R("3.5.1.c"));
        return this;
    }

    private static string Anonymous(string name) => name.Length == 0 ? "" : string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[0]) ? 2 : 1), "某");
}
