using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>A subject was nominated as an honest exemplar.</summary>
[WireName("exemplar.nominated.v1")]
public sealed record ExemplarNominated(Guid ExemplarId, Guid SubjectId, ExemplarSource Source, string Nominator);

/// <summary>An honest exemplar moved.</summary>
[WireName("exemplar.moved.v1")]
public sealed record ExemplarMoved(Guid ExemplarId, Guid SubjectId, ExemplarState To);

/// <summary>The calendar changed, and with it the last day to show an exemplar.</summary>
[WireName("exemplar.due-moved.v1")]
public sealed record ExemplarDueMoved(Guid ExemplarId, Guid SubjectId, DateOnly Due);

/// <summary>A subject made a credit commitment.</summary>
[WireName("commitment.made.v1")]
public sealed record CommitmentMade(Guid CommitmentId, Guid SubjectId, CommitmentKind Kind, string Department);

/// <summary>A credit commitment was kept or broken.</summary>
[WireName("commitment.moved.v1")]
public sealed record CommitmentMoved(Guid CommitmentId, Guid SubjectId, CommitmentKind Kind, CommitmentState To);

/// <summary>A matter was accepted with missing papers.</summary>
[WireName("tolerant-acceptance.made.v1")]
public sealed record TolerantlyAccepted(Guid AcceptanceId, Guid SubjectId, string Department, DateOnly Due);

/// <summary>An owed paper was supplied in time.</summary>
[WireName("tolerant-acceptance.paper-supplied.v1")]
public sealed record PaperSupplied(Guid AcceptanceId, Guid SubjectId, AcceptanceState To);

/// <summary>A paper was not supplied in time: the acceptance is revoked.</summary>
[WireName("tolerant-acceptance.revoked.v1")]
public sealed record AcceptanceRevoked(Guid AcceptanceId, Guid SubjectId, Guid CommitmentId);

/// <summary>The calendar changed, and with it the last day to supply papers.</summary>
[WireName("tolerant-acceptance.due-moved.v1")]
public sealed record AcceptanceDueMoved(Guid AcceptanceId, Guid SubjectId, DateOnly Due);

/// <summary>A preferential offer opened.</summary>
[WireName("offer.opened.v1")]
public sealed record OfferOpened(Guid OfferId, string Department, OfferProgramme Programme, OfferNeed Need);

/// <summary>A preferential offer closed.</summary>
[WireName("offer.closed.v1")]
public sealed record OfferClosed(Guid OfferId, string Department);

/// <summary>A subject authorised the provider of an offer to ask about it.</summary>
[WireName("offer-authorisation.granted.v1")]
public sealed record AuthorisationGranted(Guid AuthorisationId, Guid OfferId, Guid SubjectId, bool WithOutcome, DateOnly Until);

/// <summary>A subject took its authorisation back.</summary>
[WireName("offer-authorisation.revoked.v1")]
public sealed record AuthorisationRevoked(Guid AuthorisationId, Guid OfferId, Guid SubjectId);

/// <summary>A provider told what came of an offer.</summary>
[WireName("offer-outcome.reported.v1")]
public sealed record OutcomeReported(Guid OutcomeId, Guid OfferId, string Department, bool Granted);

/// <summary>A bidder got a credit bonus that the tender provides for.</summary>
[WireName("bid-bonus.given.v1")]
public sealed record BidBonusGiven(Guid BonusId, Guid SubjectId, string Department, decimal Points, BonusBasis Basis);

/// <summary>A department set the class it supervises a subject by.</summary>
[WireName("supervision-class.set.v1")]
public sealed record SupervisionClassSet(Guid RatingId, Guid SubjectId, string Department, SupervisionClass Class);

/// <summary>A department asked whether a subject has a clean record, and why it asked.</summary>
/// <param name="SubjectId">The subject; null when the register holds none of that identifier.</param>
/// <param name="Department">Who asked.</param>
/// <param name="Purpose">What for.</param>
/// <param name="AsOf">Day asked about.</param>
/// <param name="Years">Window in years.</param>
[WireName("clean-record.asked.v1")]
public sealed record CleanRecordAsked(Guid? SubjectId, string Department, string Purpose, DateOnly AsOf, int Years);

/// <summary>A department listed subjects to recommend, and why.</summary>
/// <param name="Department">Who asked.</param>
/// <param name="Purpose">What for.</param>
/// <param name="AsOf">Day asked about.</param>
/// <param name="Years">Window in years.</param>
[WireName("recommendations.listed.v1")]
public sealed record RecommendationsListed(string Department, string Purpose, DateOnly AsOf, int Years);
