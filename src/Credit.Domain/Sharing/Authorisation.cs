using Credit.Domain.Checks;
using Credit.Domain.Policy;

namespace Credit.Domain.Sharing;

/// <summary>Where an authorisation stands.</summary>
public enum AuthorisationState
{
    /// <summary>Given.</summary>
    Given,

    /// <summary>Taken back by the subject.</summary>
    Revoked,
}

/// <summary>What moves an authorisation.</summary>
public enum AuthorisationTrigger
{
    /// <summary>The subject takes it back.</summary>
    Revoke,
}

/// <summary>The life of an authorisation. Its end by date needs no move: whoever reads it looks at the day.</summary>
public static class AuthorisationLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<AuthorisationState, AuthorisationTrigger> Table = new("Authorisation", AuthorisationState.Given,
        (AuthorisationState.Given, AuthorisationTrigger.Revoke, AuthorisationState.Revoked, "R-3.1.5.b"));
}

/// <summary>授权查询: a subject lets one partner query items about itself, for one purpose, until a day (R-3.1.5.b).</summary>
public sealed class Authorisation : Aggregate
{
    private Authorisation()
    {
    }

    /// <summary>The subject that gives it.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>The partner it is given to.</summary>
    public Guid PartnerId { get; private init; }

    /// <summary>Keys of catalogue items.</summary>
    public IReadOnlyList<string> Items { get; private init; } = [];

    /// <summary>What the items may be used for.</summary>
    public QueryPurpose Purpose { get; private init; }

    /// <summary>Day it was given.</summary>
    public DateOnly GivenOn { get; private init; }

    /// <summary>Last day it holds.</summary>
    public DateOnly Until { get; private init; }

    /// <summary>Where it stands.</summary>
    public AuthorisationState State { get; private set; }

    /// <summary>Gives an authorisation.</summary>
    internal static Outcome<Authorisation> Give(Guid subjectId, Partner partner, IReadOnlyList<string> items, QueryPurpose purpose, DateOnly until, DateOnly today)
    {
        Refusal?[] against =
        [
            partner.State != PartnerState.Active
                ? new("partner-revoked", "该机构已被取消查询资格。", "The partner may query nothing any more.", Clause.R("3.1.5.b")) : null,
            items.Count == 0 || items.Except(partner.Items).Any()
                ? new("authorisation-item-not-granted", "所列项目不在该机构的查询范围内。", "The partner is not granted these items.", Clause.R("3.1.5.b"), "items") : null,
            until < today || until > today.AddYears(1)
                ? new("authorisation-term-out-of-range", "授权期限应自今日起，最长一年。", "An authorisation runs from today and for a year at most.", Clause.R("3.1.5.b"), "until") : null,
        ];
        if (against.OfType<Refusal>().ToArray() is { Length: > 0 } refusals)
        {
            return Outcome<Authorisation>.Refused(refusals);
        }

        var given = new Authorisation { SubjectId = subjectId, PartnerId = partner.Id, Items = [.. items.Distinct()], Purpose = purpose, GivenOn = today, Until = until };
        given.Announce(new AuthorisationGiven(given.Id, subjectId, partner.Id, string.Join(';', given.Items), purpose, until), Clause.R("3.1.5.b"));
        return given;
    }

    /// <summary>True when it lets the partner query these items for this purpose on this day.</summary>
    public bool Covers(Guid partnerId, IEnumerable<string> items, QueryPurpose purpose, DateOnly day) =>
        State == AuthorisationState.Given && PartnerId == partnerId && Purpose == purpose && GivenOn <= day && day <= Until && !items.Except(Items).Any();

    /// <summary>The subject takes it back; it holds no more from this moment.</summary>
    internal Outcome<Authorisation> Revoke() => AuthorisationLifecycle.Table.Fire(State, AuthorisationTrigger.Revoke).Then<Authorisation>(move =>
    {
        State = move.To;
        Announce(new AuthorisationRevoked(Id, SubjectId, PartnerId), new Clause(Clause.Rencheng2019Document, move.Clause));
        return this;
    });
}

/// <summary>A subject authorised a partner to query these items, separated by semicolons.</summary>
[WireName("authorisation.given.v1")]
public sealed record AuthorisationGiven(Guid AuthorisationId, Guid SubjectId, Guid PartnerId, string Items, QueryPurpose Purpose, DateOnly Until);

/// <summary>A subject took its authorisation back.</summary>
[WireName("authorisation.revoked.v1")]
public sealed record AuthorisationRevoked(Guid AuthorisationId, Guid SubjectId, Guid PartnerId);
