using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>The department that keeps an offer takes it out of the catalogue (R-3.3.3.f).</summary>
internal sealed class CloseOffer : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offers/{id:guid}/closing", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(CloseOffer))
            .WithSummary("Take an offer out of the catalogue")
            .Produces<OfferView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Offers.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel) is not { } offer)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(offer.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var closed = offer.Close(clock.Today());
        if (!closed.Accepted)
        {
            return closed.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(OfferView.Of(offer)).WithVersion(offer.Version);
    }
}
