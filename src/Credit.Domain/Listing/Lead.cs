using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>What a lead is about.</summary>
public enum Conduct
{
    /// <summary>守信.</summary>
    Trustworthy,

    /// <summary>失信.</summary>
    Dishonest,
}

/// <summary>Who supplies a lead (R-3.2.2.b). A lead lists nobody, whoever supplies it (I12).</summary>
public enum LeadSupplier
{
    /// <summary>行业协会商会.</summary>
    Association,

    /// <summary>金融机构.</summary>
    FinancialInstitution,

    /// <summary>信用服务机构.</summary>
    CreditAgency,

    /// <summary>新闻媒体.</summary>
    Media,

    /// <summary>社会公众.</summary>
    Citizen,

    /// <summary>其他部门.</summary>
    Department,
}

/// <summary>Where a lead stands.</summary>
public enum LeadState
{
    /// <summary>Waits for its department.</summary>
    Open,

    /// <summary>The department found nothing in it, or nothing for it to do.</summary>
    Dismissed,

    /// <summary>The department proposed an entry on it.</summary>
    Proposed,
}

/// <summary>What moves a lead.</summary>
public enum LeadTrigger
{
    /// <summary>The department dismisses it.</summary>
    Dismiss,

    /// <summary>The department turns it into a proposal.</summary>
    Propose,
}

/// <summary>The life of a lead.</summary>
public static class LeadLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<LeadState, LeadTrigger> Table = new("Lead", LeadState.Open,
        (LeadState.Open, LeadTrigger.Dismiss, LeadState.Dismissed, "R-3.2.2.b"),
        (LeadState.Open, LeadTrigger.Propose, LeadState.Proposed, "R-3.2.2.b"));
}

/// <summary>A lead on the conduct of an organisation, for a department that may recognise (R-3.2.2.b). It is no entry.</summary>
public sealed class Lead : Aggregate
{
    private Lead()
    {
    }

    /// <summary>Key of the department that is to look at it.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Trustworthy or dishonest.</summary>
    public Conduct Conduct { get; private init; }

    /// <summary>Unified code of the organisation; it need not be in the registry.</summary>
    [GoneAfterRetention]
    public string SubjectCode { get; private init; } = "";

    /// <summary>What happened.</summary>
    [GoneAfterRetention]
    public string Statement { get; private init; } = "";

    /// <summary>What the supplier is. Who it is, only the log knows.</summary>
    public LeadSupplier Supplier { get; private init; }

    /// <summary>Day it was supplied.</summary>
    public DateOnly SuppliedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public LeadState State { get; private set; }

    /// <summary>Why it was dismissed.</summary>
    [GoneAfterRetention]
    public string? DismissalReason { get; private set; }

    /// <summary>Entry proposed on it.</summary>
    public Guid? EntryId { get; private set; }

    /// <summary>Day the department dealt with it.</summary>
    public DateOnly? HandledOn { get; private set; }

    /// <summary>Supplies a lead; who is addressed and what is said was checked before.</summary>
    internal static Lead Supply(string department, Conduct conduct, string subjectCode, string statement, LeadSupplier supplier, DateOnly today, Clause clause)
    {
        var lead = new Lead
        {
            Department = department,
            Conduct = conduct,
            SubjectCode = subjectCode,
            Statement = statement,
            Supplier = supplier,
            SuppliedOn = today,
        };
        lead.Announce(new LeadSupplied(lead.Id, department, subjectCode), clause);
        return lead;
    }

    /// <summary>The department dismisses it, with a reason.</summary>
    internal Outcome<Lead> Dismiss(string reason, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("lead-dismissal-reason-missing", "请说明不予采用的理由。", "State why the lead is dismissed.", Clause.R("3.2.2.b"), "reason");
        }

        if (TextLength.Against(reason, TextLength.Text, "reason") is { } tooLong)
        {
            return tooLong;
        }

        return LeadLifecycle.Table.Fire(State, LeadTrigger.Dismiss).Then<Lead>(move =>
        {
            (State, DismissalReason, HandledOn) = (move.To, reason, today);
            Announce(new LeadDismissed(Id, Department), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
    }

    /// <summary>The department proposed this entry on it: of its own, about the organisation the lead is about.</summary>
    internal Outcome<Lead> Propose(ListEntry entry, DateOnly today)
    {
        if (entry.Recogniser != Department || entry.SubjectCode != SubjectCode || (entry.List == ListKind.Red) != (Conduct == Conduct.Trustworthy))
        {
            return new Refusal(
                "lead-entry-does-not-fit", "该条目与线索的部门、主体或守信失信方向不符。", "The entry is another department's, about another subject, or of the opposite conduct.", Clause.R("3.2.2.b"), "entryId");
        }

        return LeadLifecycle.Table.Fire(State, LeadTrigger.Propose).Then<Lead>(move =>
        {
            (State, EntryId, HandledOn) = (move.To, entry.Id, today);
            Announce(new LeadProposed(Id, Department, entry.Id), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
    }
}

/// <summary>A department dismissed a lead.</summary>
[WireName("lead.dismissed.v1")]
public sealed record LeadDismissed(Guid LeadId, string Department);

/// <summary>A department turned a lead into a proposal.</summary>
[WireName("lead.proposed.v1")]
public sealed record LeadProposed(Guid LeadId, string Department, Guid EntryId);
