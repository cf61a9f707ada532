using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing.Standards;

/// <summary>Reads an edition of a recognition standard; every department may, for it lists on it.</summary>
internal sealed class GetStandard : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/standards/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetStandard))
            .WithSummary("Read an edition of a recognition standard; its ETag is what If-Match wants")
            .Produces<StandardView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, CancellationToken cancel) =>
        await db.Standards.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel) is { } standard
            ? TypedResults.Ok(StandardView.Of(standard)).WithVersion(standard.Version)
            : TypedResults.NotFound();
}
