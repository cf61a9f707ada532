namespace Credit.Domain.Policy;

/// <summary>A department's proposal to amend a rule of a pack. Adopted, it is a document attached to the pack; the pack's values change by a new pack only (R-3.6.1, I93).</summary>
public sealed class RuleAmendment : Aggregate
{
    private RuleAmendment()
    {
    }

    /// <summary>Name of the pack.</summary>
    public string Pack { get; private init; } = "";

    /// <summary>Name of the value it is about, as in the pack.</summary>
    public string Rule { get; private init; } = "";

    /// <summary>Title of the document.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Its text.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; private init; } = "";

    /// <summary>Law or policy it rests on.</summary>
    public string Basis { get; private init; } = "";

    /// <summary>Department that proposes.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Account that proposed.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day of the proposal.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public AmendmentState State { get; private set; }

    /// <summary>Account that decided; never the one that proposed (I84).</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Why, in writing.</summary>
    public string? Finding { get; private set; }

    internal static Outcome<RuleAmendment> Propose(AmendmentDraft draft, string department, string by, DateOnly today, PolicyPacks packs)
    {
        Refusal[] refusals = [.. Against(draft, packs)];
        if (refusals.Length > 0)
        {
            return Outcome<RuleAmendment>.Refused(refusals);
        }

        var amendment = new RuleAmendment
        {
            Pack = draft.Pack,
            Rule = draft.Rule,
            Title = draft.Title,
            Text = draft.Text,
            DocumentNumber = draft.DocumentNumber,
            Basis = draft.Basis,
            Department = department,
            ProposedBy = by,
            ProposedOn = today,
        };
        amendment.Announce(new AmendmentProposed(amendment.Id, draft.Pack, draft.Rule, department), Clause.R("3.6.1"));
        return amendment;
    }

    /// <summary>The lead office adopts, which attaches the document to the pack, or rejects.</summary>
    internal Outcome<RuleAmendment> Decide(bool adopt, string finding, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (by == ProposedBy)
        {
            refusals.Add(new("four-eyes", "提议人不得决定自己的修订建议。", "Who proposed the amendment does not decide it.", Clause.Standard("I84")));
        }

        if (string.IsNullOrWhiteSpace(finding))
        {
            refusals.Add(new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.6.1"), "finding"));
        }

        return refusals.Count > 0
            ? Outcome<RuleAmendment>.Refused(refusals)
            : Fire(adopt ? AmendmentTrigger.Adopt : AmendmentTrigger.Reject, () => (DecidedBy, DecidedOn, Finding) = (by, today, finding));
    }

    /// <summary>The department takes its proposal back.</summary>
    internal Outcome<RuleAmendment> Withdraw() => Fire(AmendmentTrigger.Withdraw, () => { });

    private static IEnumerable<Refusal> Against(AmendmentDraft draft, PolicyPacks packs)
    {
        if (packs.Find(draft.Pack) is not { } pack)
        {
            yield return new("pack-unknown", "没有该规则包。", "There is no policy pack of this name.", Clause.R("3.6.1"), "pack");
        }
        else if (!pack.ToJson().ContainsKey(draft.Rule))
        {
            yield return new("rule-unknown", "该规则包没有此项规则。", "The pack has no rule of this name.", Clause.R("3.6.1"), "rule");
        }

        (string Field, string Value, int Longest)[] texts =
        [
            ("title", draft.Title, TextLength.Name), ("text", draft.Text, TextLength.Facts),
            ("documentNumber", draft.DocumentNumber, TextLength.Name), ("basis", draft.Basis, TextLength.Text),
        ];
        foreach (var (field, value, longest) in texts)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new("amendment-incomplete", "修订建议须有标题、正文、文号和依据。", "An amendment has a title, a text, a document number and a basis.", Clause.R("3.6.1"), field);
            }
            else if (TextLength.Against(value, longest, field) is { } tooLong)
            {
                yield return tooLong;
            }
        }
    }

    private Outcome<RuleAmendment> Fire(AmendmentTrigger on, Action effect) =>
        AmendmentLifecycle.Table.Fire(State, on).Then<RuleAmendment>(move =>
        {
            State = move.To;
            effect();
            Announce(new AmendmentMoved(Id, Pack, Rule, Department, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}

/// <summary>An amendment as a department writes it.</summary>
/// <param name="Pack">Name of the pack.</param>
/// <param name="Rule">Name of the value it is about.</param>
/// <param name="Title">Title of the document.</param>
/// <param name="Text">Its text.</param>
/// <param name="DocumentNumber">Document number.</param>
/// <param name="Basis">Law or policy it rests on.</param>
public sealed record AmendmentDraft(string Pack, string Rule, string Title, string Text, string DocumentNumber, string Basis);

/// <summary>A department proposed to amend a rule.</summary>
[WireName("rule-amendment.proposed.v1")]
public sealed record AmendmentProposed(Guid AmendmentId, string Pack, string Rule, string Department);

/// <summary>An amendment was adopted, rejected or withdrawn.</summary>
[WireName("rule-amendment.moved.v1")]
public sealed record AmendmentMoved(Guid AmendmentId, string Pack, string Rule, string Department, AmendmentState To);
