using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight.Gaps;

/// <summary>A gap, for its department, the lead office and auditors.</summary>
internal sealed class GetGap : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/gaps/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetGap))
            .WithName(nameof(GetGap))
            .WithSummary("Read an unchecked decision, or a reward not given")
            .Produces<GapView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.Gaps.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && (caller.SeesAllDepartments || each.Department == caller.Department), cancel) is { } gap
            ? TypedResults.Ok(GapView.Of(gap)).WithVersion(gap.Version)
            : TypedResults.NotFound();
}
