using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>Reads a cross-region request of the own department, or any for lead office and auditor.</summary>
internal sealed class GetCrossRegionRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cross-region-requests/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetCrossRegionRequest))
            .WithSummary("Read a cross-region request")
            .Produces<CrossRegionView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.CrossRegionRequests.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel) is { } request
        && (caller.SeesAllDepartments || (caller.Department is not null && request.Department == caller.Department))
            ? TypedResults.Ok(CrossRegionView.Of(request)).WithVersion(request.Version)
            : TypedResults.NotFound();
}
