using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Incentives;

/// <summary>Where an exemplar was found (R-3.3.1.a).</summary>
public enum ExemplarSource
{
    /// <summary>分类监管结果.</summary>
    SupervisionResult,

    /// <summary>道德模范.</summary>
    MoralModel,

    /// <summary>优秀青年志愿者.</summary>
    YouthVolunteer,

    /// <summary>诚信企业.</summary>
    HonestEnterprise,

    /// <summary>行业协会商会推荐的诚信会员.</summary>
    AssociationMember,

    /// <summary>新闻媒体挖掘的诚信主体.</summary>
    MediaFound,

    /// <summary>部门推荐, the subject without negative record.</summary>
    Department,
}

/// <summary>Why an exemplar is one no more.</summary>
public enum RevocationReason
{
    /// <summary>The subject got a black entry.</summary>
    Blacklisted,

    /// <summary>The subject got a watch entry.</summary>
    Watchlisted,

    /// <summary>The nominating department withdrew it.</summary>
    Withdrawn,
}

/// <summary>诚信典型: a subject held up as an example. Whoever is on a black or watch list is none.</summary>
public sealed class Exemplar : Aggregate
{
    private Exemplar()
    {
    }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Kind of subject.</summary>
    public SubjectKind SubjectKind { get; private init; }

    /// <summary>Name of the subject at the time of the nomination.</summary>
    public string SubjectName { get; private init; } = "";

    /// <summary>Unified code; null for natural persons.</summary>
    public string? SubjectCode { get; private init; }

    /// <summary>Where it was found.</summary>
    public ExemplarSource Source { get; private init; }

    /// <summary>Association or medium that recommended it; empty where the department did.</summary>
    public string RecommendedBy { get; private init; } = "";

    /// <summary>Key of the nominating department.</summary>
    public string Nominator { get; private init; } = "";

    /// <summary>Account that nominated it.</summary>
    public string NominatedBy { get; private init; } = "";

    /// <summary>Day of the nomination.</summary>
    public DateOnly NominatedOn { get; private init; }

    /// <summary>What it is an example of, for the public to read.</summary>
    public string Deeds { get; private init; } = "";

    /// <summary>Where it stands.</summary>
    public ExemplarState State { get; private set; }

    /// <summary>Account that decided; never the one that nominated (I84).</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <summary>Why it was turned down.</summary>
    public string? Finding { get; private set; }

    /// <summary>Last day to show it in public (R-3.3.1.c); null until approved.</summary>
    public DateOnly? PublishDue { get; private set; }

    /// <summary>Day it was shown; null until then.</summary>
    public DateOnly? PublishedOn { get; private set; }

    /// <summary>Shown after that day; stored, never edited away.</summary>
    public bool PublishedLate { get; private set; }

    /// <summary>Government site, Credit China, media: where it is shown.</summary>
    public string[] Channels { get; private set; } = [];

    /// <summary>Why it is none any more.</summary>
    public RevocationReason? RevokedFor { get; private set; }

    /// <summary>Day it was revoked.</summary>
    public DateOnly? RevokedOn { get; private set; }

    /// <summary>An exemplar today: approved and not revoked.</summary>
    public bool Counts => State is ExemplarState.Approved or ExemplarState.Published;

    internal static Outcome<Exemplar> Nominate(
        Subject subject, CreditStanding standing, ExemplarSource source, string recommendedBy, string deeds, string department, string by, DateOnly today)
    {
        Refusal[] refusals = [.. AgainstListed(standing), .. AgainstNomination(source, recommendedBy, deeds)];
        if (refusals.Length > 0)
        {
            return Outcome<Exemplar>.Refused(refusals);
        }

        var nominated = new Exemplar
        {
            SubjectId = subject.Id,
            SubjectKind = subject.Kind,
            SubjectName = subject.Name,
            SubjectCode = subject.Code,
            Source = source,
            RecommendedBy = recommendedBy,
            Nominator = department,
            NominatedBy = by,
            NominatedOn = today,
            Deeds = deeds,
        };
        nominated.Announce(new ExemplarNominated(nominated.Id, subject.Id, source, department), Clause.R("3.3.1.a"));
        return nominated;
    }

    /// <summary>A second person approves or turns down; the lists are asked once more.</summary>
    internal Outcome<Exemplar> Decide(CreditStanding standing, bool approve, string? finding, string by, DateOnly today, DateOnly publishDue)
    {
        List<Refusal> refusals = approve ? [.. AgainstListed(standing)] : [];
        if (by == NominatedBy)
        {
            refusals.Add(new("four-eyes", "提名人不得审批。", "Who nominated the exemplar does not decide on it.", Clause.Standard("I84")));
        }

        if (!approve && string.IsNullOrWhiteSpace(finding))
        {
            refusals.Add(new("finding-missing", "请写明理由。", "State the reason in writing.", Clause.R("3.3.1.a"), "finding"));
        }

        return refusals.Count > 0
            ? Outcome<Exemplar>.Refused(refusals)
            : Fire(approve ? ExemplarTrigger.Approve : ExemplarTrigger.Refuse, () =>
                (DecidedBy, DecidedOn, Finding, PublishDue) = (by, today, finding, approve ? publishDue : null));
    }

    /// <summary>Shown in public, on one channel at least.</summary>
    internal Outcome<Exemplar> Publish(IReadOnlyList<string> channels, DateOnly today) => channels.Count == 0 || channels.Any(string.IsNullOrWhiteSpace)
        ? new Refusal("exemplar-channel-missing", "请至少写明一个公示渠道。", "Name one channel at least.", Clause.R("3.3.1.c"), "channels")
        : Fire(ExemplarTrigger.Publish, () => (PublishedOn, PublishedLate, Channels) = (today, today > PublishDue, [.. channels]));

    /// <summary>No exemplar any more, at once.</summary>
    internal Outcome<Exemplar> Revoke(RevocationReason reason, DateOnly today) =>
        Fire(ExemplarTrigger.Revoke, () => (RevokedFor, RevokedOn) = (reason, today));

    /// <summary>A black or watch entry of any department came into force: no exemplar any more.</summary>
    internal Outcome<Exemplar> RevokeFor(ListEntry cause, DateOnly today) => cause.List == ListKind.Red
        ? throw new ArgumentOutOfRangeException(nameof(cause), cause.List, "A red entry revokes nothing.")
        : Revoke(cause.List == ListKind.Black ? RevocationReason.Blacklisted : RevocationReason.Watchlisted, today);

    /// <summary>Moves the last day to show it after the calendar changed (I32).</summary>
    internal void MoveDue(DateOnly due)
    {
        PublishDue = due;
        Announce(new ExemplarDueMoved(Id, SubjectId, due), Clause.Standard("I32"));
    }

    private static IEnumerable<Refusal> AgainstListed(CreditStanding standing)
    {
        if (standing.Listed)
        {
            yield return new(
                "exemplar-listed",
                "该主体在黑名单或重点关注名单内，不得列为诚信典型。",
                "The subject is on a black or watch list and cannot be an exemplar.",
                Clause.R("3.3.1.a"));
        }
    }

    private static IEnumerable<Refusal> AgainstNomination(ExemplarSource source, string recommendedBy, string deeds)
    {
        if (string.IsNullOrWhiteSpace(deeds))
        {
            yield return new("deeds-missing", "请写明诚信事迹。", "State what it is an example of.", Clause.R("3.3.1.a"), "deeds");
        }

        if (source is ExemplarSource.AssociationMember or ExemplarSource.MediaFound && string.IsNullOrWhiteSpace(recommendedBy))
        {
            yield return new(
                "recommender-missing",
                "协会推荐、媒体挖掘的须写明推荐的协会或媒体。",
                "Name the association or medium that recommended it.",
                Clause.R("3.3.1.a"),
                "recommendedBy");
        }

        foreach (var tooLong in new[] { TextLength.Against(deeds, TextLength.Text, "deeds"), TextLength.Against(recommendedBy, TextLength.Name, "recommendedBy") })
        {
            if (tooLong is not null)
            {
                yield return tooLong;
            }
        }
    }

    private Outcome<Exemplar> Fire(ExemplarTrigger on, Action effect) =>
        ExemplarLifecycle.Table.Fire(State, on).Then<Exemplar>(move =>
        {
            State = move.To;
            effect();
            Announce(new ExemplarMoved(Id, SubjectId, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
