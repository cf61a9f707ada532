using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>A decided matter, for its department, the lead office and auditors.</summary>
internal sealed class GetMatter : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/matters/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetMatter))
            .WithName(nameof(GetMatter))
            .WithSummary("Read a decided matter and whether it was checked")
            .Produces<MatterView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.DecidedMatters.AsNoTracking().SingleOrDefaultAsync(
            each => each.Id == id && (caller.SeesAllDepartments || each.Department == caller.Department), cancel) is { } matter
            ? TypedResults.Ok(MatterView.Of(matter))
            : TypedResults.NotFound();
}
