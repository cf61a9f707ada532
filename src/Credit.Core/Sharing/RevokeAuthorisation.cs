using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>A subject takes an authorisation back; it holds no more from this moment (R-3.1.5.b).</summary>
internal sealed class RevokeAuthorisation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/authorisations/{id:guid}/revocation", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(RevokeAuthorisation))
            .WithSummary("Take an authorisation back")
            .Produces<AuthorisationView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        if (caller.SubjectId is null || await db.Authorisations.SingleOrDefaultAsync(each => each.Id == id && each.SubjectId == caller.SubjectId, cancel) is not { } given)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(given.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var revoked = given.Revoke();
        if (!revoked.Accepted)
        {
            return revoked.Refusals.ToProblem();
        }

        var partner = await db.Partners.Where(each => each.Id == given.PartnerId).Select(each => each.Name).SingleAsync(cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(AuthorisationView.Of(given, partner)).WithVersion(given.Version);
    }
}
