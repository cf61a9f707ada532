using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>Where an authorisation stands.</summary>
public enum OfferAuthorisationState
{
    /// <summary>Granted.</summary>
    Granted,

    /// <summary>Taken back.</summary>
    Revoked,
}

/// <summary>What moves an authorisation.</summary>
public enum OfferAuthorisationTrigger
{
    /// <summary>The subject takes it back.</summary>
    Revoke,
}

/// <summary>The life of an authorisation.</summary>
public static class OfferAuthorisationLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<OfferAuthorisationState, OfferAuthorisationTrigger> Table = new("Authorisation of an offer", OfferAuthorisationState.Granted,
        (OfferAuthorisationState.Granted, OfferAuthorisationTrigger.Revoke, OfferAuthorisationState.Revoked, "R-3.3.4.a"));
}

/// <summary>A subject lets the provider of one offer ask about it, until a day, and can take it back (R-3.1.5.b, R-3.3.4.a).</summary>
public sealed class OfferAuthorisation : Aggregate
{
    /// <summary>Longest authorisation, in years.</summary>
    public const int MostYears = 3;

    private OfferAuthorisation()
    {
    }

    /// <summary>The offer.</summary>
    public Guid OfferId { get; private init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>The provider may report what came of it, too.</summary>
    public bool WithOutcome { get; private init; }

    /// <summary>First day.</summary>
    public DateOnly GrantedOn { get; private init; }

    /// <summary>Last day.</summary>
    public DateOnly Until { get; private init; }

    /// <summary>Where it stands.</summary>
    public OfferAuthorisationState State { get; private set; }

    /// <summary>Day it was taken back.</summary>
    public DateOnly? RevokedOn { get; private set; }

    /// <summary>True when the provider may ask on this day.</summary>
    public bool Covers(DateOnly day) => State == OfferAuthorisationState.Granted && GrantedOn <= day && day <= Until;

    internal static Outcome<OfferAuthorisation> Grant(Guid offerId, Guid subjectId, bool withOutcome, DateOnly until, DateOnly today)
    {
        if (until < today || until > today.AddYears(MostYears))
        {
            return new Refusal(
                "authorisation-term-invalid",
                $"授权期限应不早于今日，且不超过{MostYears}年。",
                $"The last day is not before today and {MostYears} years ahead at most.",
                Clause.R("3.3.4.a"),
                "until");
        }

        var granted = new OfferAuthorisation { OfferId = offerId, SubjectId = subjectId, WithOutcome = withOutcome, GrantedOn = today, Until = until };
        granted.Announce(new AuthorisationGranted(granted.Id, offerId, subjectId, withOutcome, until), Clause.R("3.3.4.a"));
        return granted;
    }

    internal Outcome<OfferAuthorisation> Revoke(DateOnly today) => OfferAuthorisationLifecycle.Table.Fire(State, OfferAuthorisationTrigger.Revoke).Then<OfferAuthorisation>(move =>
    {
        (State, RevokedOn) = (move.To, today);
        Announce(new AuthorisationRevoked(Id, OfferId, SubjectId), Clause.R("3.3.4.a"));
        return this;
    });
}

/// <summary>What came of an offer, told by its provider with the subject's authorisation (R-3.3.4.a).</summary>
public sealed class OfferOutcome : Aggregate
{
    private OfferOutcome()
    {
    }

    /// <summary>The offer.</summary>
    public Guid OfferId { get; private init; }

    /// <summary>The authorisation it rests on.</summary>
    public Guid AuthorisationId { get; private init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; private init; }

    /// <summary>Department that keeps the offer.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Granted or not.</summary>
    public bool Granted { get; private init; }

    /// <summary>Amount in yuan; null when not stated.</summary>
    public decimal? AmountYuan { get; private init; }

    /// <summary>Rate in percent a year; null when not stated.</summary>
    public decimal? RatePercent { get; private init; }

    /// <summary>Day reported.</summary>
    public DateOnly ReportedOn { get; private init; }

    internal static Outcome<OfferOutcome> Report(Offer offer, OfferAuthorisation? authorisation, bool granted, decimal? amountYuan, decimal? ratePercent, DateOnly today)
    {
        if (authorisation is null || authorisation.OfferId != offer.Id || !authorisation.WithOutcome || !authorisation.Covers(today))
        {
            return new Refusal(
                "authorisation-missing", "没有主体的有效授权。", "There is no authorisation of the subject in force for this.", Clause.R("3.3.4.a"));
        }

        if (amountYuan is <= 0 || ratePercent is < 0 or > 100)
        {
            return new Refusal(
                "outcome-out-of-range", "金额应大于0，年利率应在0至100之间。", "The amount is above 0, the rate from 0 to 100 percent.", Clause.R("3.3.4.a"), "amountYuan");
        }

        var reported = new OfferOutcome
        {
            OfferId = offer.Id,
            AuthorisationId = authorisation.Id,
            SubjectId = authorisation.SubjectId,
            Department = offer.Department,
            Granted = granted,
            AmountYuan = amountYuan,
            RatePercent = ratePercent,
            ReportedOn = today,
        };
        reported.Announce(new OutcomeReported(reported.Id, offer.Id, offer.Department, granted), Clause.R("3.3.4.a"));
        return reported;
    }
}
