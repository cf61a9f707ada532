using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>What a revision does to the list of measures.</summary>
public enum RevisionKind
{
    /// <summary>A memorandum that was not there.</summary>
    New,

    /// <summary>A new version of one.</summary>
    NewVersion,

    /// <summary>The end of one.</summary>
    Retirement,
}

/// <summary>Who concluded a memorandum.</summary>
public enum MemorandumLevel
{
    /// <summary>国家级.</summary>
    National,

    /// <summary>省级.</summary>
    Provincial,

    /// <summary>市级.</summary>
    City,

    /// <summary>区级: signed by departments of the district; each measure needs a basis of its own (R-3.5.2.a).</summary>
    District,
}

/// <summary>A memorandum as it is proposed.</summary>
public sealed record MemorandumText
{
    /// <summary>Code, for example <c>TAX-BLACK</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Document number; empty when there is none.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Day it was signed.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>Who concluded it.</summary>
    public MemorandumLevel Level { get; init; }

    /// <summary>Signers as printed.</summary>
    public string Signers { get; init; } = "";

    /// <summary>Keys of the departments of the district that signed; of a local one.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>The body in the lead, as printed.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Whom it is aimed at, as printed.</summary>
    public string Targets { get; init; } = "";

    /// <summary>How often departments report back, as printed; null when the text does not say.</summary>
    public string? FeedbackCadence { get; init; }

    /// <summary>List that triggers it.</summary>
    public ListKind List { get; init; }

    /// <summary>Domains that trigger it.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>First day it counts.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day it counts, as printed; null for none.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>Its measures.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>Ordinal of the one measure that is amended; null when all are proposed. What stood there before is not judged anew: a national text may cite nothing.</summary>
    public string? Amended { get; init; }
}

/// <summary>What is known of a memorandum before a revision.</summary>
/// <param name="Number">Latest version that was approved or came with a module; 0 for none.</param>
/// <param name="From">First day of that version; null for none.</param>
/// <param name="Ended">The memorandum was ended.</param>
public sealed record MemorandumPast(int Number, DateOnly? From, bool Ended);

/// <summary>A revision of the list of measures: the lead office draws it up, a second person approves it (R-3.5.2.a, R-3.5.3). Nothing in force is overwritten (I93).</summary>
public sealed class MemorandumRevision : Aggregate
{
    private MemorandumRevision()
    {
    }

    /// <summary>What it does.</summary>
    public RevisionKind Kind { get; private init; }

    /// <summary>Code of the memorandum.</summary>
    public string Code { get; private init; } = "";

    /// <summary>Version of the memorandum, counted from 1; of a retirement the one after the last.</summary>
    public int Number { get; private init; }

    /// <summary>Title.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; private init; } = "";

    /// <summary>Day it was signed.</summary>
    public DateOnly? SignedOn { get; private init; }

    /// <summary>Who concluded it.</summary>
    public MemorandumLevel Level { get; private init; }

    /// <summary>Signers as printed.</summary>
    public string Signers { get; private init; } = "";

    /// <summary>Departments of the district that signed.</summary>
    public string[] Parties { get; private init; } = [];

    /// <summary>The body in the lead, as printed.</summary>
    public string Lead { get; private init; } = "";

    /// <summary>Whom it is aimed at.</summary>
    public string Targets { get; private init; } = "";

    /// <summary>How often departments report back, as printed.</summary>
    public string? FeedbackCadence { get; private init; }

    /// <summary>List that triggers it.</summary>
    public ListKind List { get; private init; }

    /// <summary>Domains that trigger it.</summary>
    public string[] Domains { get; private init; } = [];

    /// <summary>First day it counts; of a retirement the first day the memorandum counts no more.</summary>
    public DateOnly EffectiveFrom { get; private init; }

    /// <summary>Last day it states itself.</summary>
    public DateOnly? EffectiveTo { get; private init; }

    /// <summary>Its measures; none of a retirement.</summary>
    public IReadOnlyList<Measure> Measures { get; private init; } = [];

    /// <summary>Why the list is revised.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Where it stands.</summary>
    public RevisionState State { get; private set; }

    /// <summary>Account that drew it up.</summary>
    public string ProposedBy { get; private init; } = "";

    /// <summary>Day it was drawn up.</summary>
    public DateOnly ProposedOn { get; private init; }

    /// <summary>Account that decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Reason of the decision.</summary>
    public string? Finding { get; private set; }

    /// <summary>Draws up a new memorandum or a new version of one.</summary>
    internal static Outcome<MemorandumRevision> Draw(
        MemorandumText text, MemorandumPast past, IReadOnlyCollection<string> outside, string reason, string by, DateOnly today)
    {
        var kind = past.Number == 0 ? RevisionKind.New : RevisionKind.NewVersion;
        Refusal[] refusals = [.. MemorandumRules.Against(text, outside), .. MemorandumRules.AgainstDays(text.EffectiveFrom, past, kind, today), .. MemorandumRules.AgainstReason(reason)];
        return refusals.Length > 0 ? Outcome<MemorandumRevision>.Refused(refusals) : Announced(new MemorandumRevision
        {
            Kind = kind,
            Code = text.Code,
            Number = past.Number + 1,
            Title = text.Title,
            DocumentNumber = text.DocumentNumber,
            SignedOn = text.SignedOn,
            Level = text.Level,
            Signers = text.Signers,
            Parties = [.. text.Parties],
            Lead = text.Lead,
            Targets = text.Targets,
            FeedbackCadence = text.FeedbackCadence,
            List = text.List,
            Domains = [.. text.Domains],
            EffectiveFrom = text.EffectiveFrom,
            EffectiveTo = text.EffectiveTo,
            Measures = text.Measures,
            Reason = reason,
            ProposedBy = by,
            ProposedOn = today,
        });
    }

    /// <summary>Draws up the end of a memorandum.</summary>
    internal static Outcome<MemorandumRevision> DrawRetirement(
        string code, string title, ListKind list, MemorandumPast past, DateOnly firstDayWithout, string reason, string by, DateOnly today)
    {
        Refusal[] refusals = [.. MemorandumRules.AgainstDays(firstDayWithout, past, RevisionKind.Retirement, today), .. MemorandumRules.AgainstReason(reason)];
        return refusals.Length > 0 ? Outcome<MemorandumRevision>.Refused(refusals) : Announced(new MemorandumRevision
        {
            Kind = RevisionKind.Retirement,
            Code = code,
            Number = past.Number + 1,
            Title = title,
            List = list,
            EffectiveFrom = firstDayWithout,
            Reason = reason,
            ProposedBy = by,
            ProposedOn = today,
        });
    }

    internal Outcome<MemorandumRevision> Submit() => Fire(RevisionTrigger.Submit, () => { });

    /// <summary>Decided by a second person. What is approved takes effect later than today, and after what was approved before.</summary>
    internal Outcome<MemorandumRevision> Decide(bool approve, string finding, MemorandumPast past, string by, DateOnly today)
    {
        List<Refusal> refusals = [];
        if (by == ProposedBy)
        {
            refusals.Add(new("four-eyes", "起草人不得审批本人起草的措施清单。", "Who drew the revision up does not decide about it.", Clause.Standard("I84")));
        }

        if (string.IsNullOrWhiteSpace(finding))
        {
            refusals.Add(new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.5.3.c"), "finding"));
        }

        if (approve)
        {
            refusals.AddRange(MemorandumRules.AgainstDays(EffectiveFrom, past, Kind, today));
            if (Number != past.Number + 1)
            {
                refusals.Add(new(
                    "memorandum-overtaken", "该备忘录已有更新的版本，请按最新版本重新起草。", "Another version was approved meanwhile: draw the revision up anew.", Clause.Standard("I93")));
            }
        }

        return refusals.Count > 0
            ? Outcome<MemorandumRevision>.Refused(refusals)
            : Fire(approve ? RevisionTrigger.Approve : RevisionTrigger.Reject, () => (Finding, DecidedBy, DecidedOn) = (finding, by, today));
    }

    /// <summary>A later revision was approved.</summary>
    internal Outcome<MemorandumRevision> Retire() => Fire(RevisionTrigger.Retire, () => { });

    private static MemorandumRevision Announced(MemorandumRevision revision)
    {
        revision.Announce(new MemorandumProposed(revision.Id, revision.Code, revision.Number, revision.Kind), Clause.R("3.5.3.a"));
        return revision;
    }

    private Outcome<MemorandumRevision> Fire(RevisionTrigger on, Action effect) =>
        MemorandumLifecycle.Table.Fire(State, on).Then<MemorandumRevision>(move =>
        {
            State = move.To;
            effect();
            Announce(new MemorandumMoved(Id, Code, Number, EffectiveFrom, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}

/// <summary>A revision of the list of measures was drawn up.</summary>
[WireName("memorandum.proposed.v1")]
public sealed record MemorandumProposed(Guid RevisionId, string Code, int Number, RevisionKind Kind);

/// <summary>A revision of the list of measures moved.</summary>
[WireName("memorandum.moved.v1")]
public sealed record MemorandumMoved(Guid RevisionId, string Code, int Number, DateOnly EffectiveFrom, RevisionState To);
