using Credit.Domain.Incentives;

namespace Credit.Core.Incentives;

/// <summary>An offer.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Programme">Programme.</param>
/// <param name="Provider">Kind of provider.</param>
/// <param name="ProviderName">Name of the provider.</param>
/// <param name="Title">Title.</param>
/// <param name="Terms">What is given.</param>
/// <param name="Need">What the subject must be.</param>
/// <param name="CleanYears">Years without negative record.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Department">Department that keeps it.</param>
/// <param name="State">Open or closed.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record OfferView(
    Guid Id, OfferProgramme Programme, OfferProvider Provider, string ProviderName, string Title, string Terms, OfferNeed Need, int? CleanYears, OfferAudience Audience,
    string Department, OfferState State, int Version)
{
    public static OfferView Of(Offer offer) => new(
        offer.Id, offer.Programme, offer.Provider, offer.ProviderName, offer.Title, offer.Terms, offer.Need, offer.CleanYears, offer.Audience, offer.Department,
        offer.State, offer.Version);
}
