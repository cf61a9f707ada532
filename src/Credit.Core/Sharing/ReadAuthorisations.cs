using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>A subject reads the authorisations it gave, taken back and ended ones included.</summary>
internal sealed class ReadAuthorisations : IUseCase
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/authorisations", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ReadAuthorisations))
            .WithSummary("Read the authorisations one gave")
            .Produces<AuthorisationsView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        if (caller.SubjectId is not { } subject)
        {
            return TypedResults.NotFound();
        }

        var given = await (
            from each in db.Authorisations.AsNoTracking()
            join partner in db.Partners on each.PartnerId equals partner.Id
            where each.SubjectId == subject
            orderby each.GivenOn descending, each.Id
            select new { Given = each, partner.Name }).Take(Most).ToListAsync(cancel);
        return TypedResults.Ok(new AuthorisationsView([.. given.Select(each => AuthorisationView.Of(each.Given, each.Name))]));
    }

    /// <summary>Authorisations.</summary>
    /// <param name="Authorisations">The latest first, 500 at most.</param>
    internal sealed record AuthorisationsView(IReadOnlyList<AuthorisationView> Authorisations);
}
