using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>A subject takes its authorisation back: from now on nobody may ask under it (R-3.3.4.a).</summary>
internal sealed class RevokeOfferAuthorisation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offer-authorisations/{id:guid}/revocation", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(RevokeOfferAuthorisation))
            .WithSummary("Take an authorisation back")
            .Produces<AuthorisationView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.SubjectId is null || await db.OfferAuthorisations.SingleOrDefaultAsync(each => each.Id == id && each.SubjectId == caller.SubjectId, cancel) is not { } authorisation)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(authorisation.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var revoked = authorisation.Revoke(clock.Today());
        if (!revoked.Accepted)
        {
            return revoked.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(AuthorisationView.Of(authorisation)).WithVersion(authorisation.Version);
    }
}
