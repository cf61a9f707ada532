using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>A department puts an offer into the catalogue, its own or one of a bank, association or enterprise it works with (R-3.3.3.c, R-3.3.3.f, R-3.3.4.a, R-3.3.4.b).</summary>
internal sealed class OpenOffer : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offers", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(OpenOffer))
            .WithSummary("Put a preferential offer into the public catalogue")
            .Produces<OfferView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                programme = "Lodging",
                provider = "Enterprise",
                providerName = "任城某某宾馆",
                title = "信易住：免押金入住",
                terms = "凭诚信典型身份免押金、房价九折。",
                need = "Exemplar",
                audience = "Persons",
            });

    private static async Task<IResult> HandleAsync(OfferBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var opened = Offer.Open(
            new OfferWording
            {
                Programme = body.Programme,
                Provider = body.Provider,
                ProviderName = body.ProviderName,
                Title = body.Title,
                Terms = body.Terms,
                Need = body.Need,
                CleanYears = body.CleanYears,
                Audience = body.Audience,
            },
            caller.Department!,
            clock.Today());
        Refusal[] refusals =
        [
            .. opened.Refusals, .. IncentiveAccess.AgainstPersonalText((body.Title, "title"), (body.Terms, "terms"), (body.ProviderName, "providerName")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(opened.Value);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, OfferView.Of(opened.Value)).WithVersion(opened.Value.Version);
    }

    /// <summary>An offer.</summary>
    /// <param name="Programme">信易行, 信易游, 信易住, 信易租, 信易批, 税易贷, 信易贷, 信易债, support of individuals, or promotion.</param>
    /// <param name="Provider">Kind of provider.</param>
    /// <param name="ProviderName">Its name.</param>
    /// <param name="Title">Title.</param>
    /// <param name="Terms">What is given.</param>
    /// <param name="Need">What the subject must be.</param>
    /// <param name="Audience">Whom it is for.</param>
    /// <param name="CleanYears">Years without negative record, where that is the need.</param>
    internal sealed record OfferBody(
        OfferProgramme Programme, OfferProvider Provider, string ProviderName, string Title, string Terms, OfferNeed Need, OfferAudience Audience, int? CleanYears = null);
}
