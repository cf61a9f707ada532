using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>Reads a case; its ETag is what If-Match wants. Others see it once it is approved.</summary>
internal sealed class GetCase : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetCase))
            .WithSummary("Read a case of joint reward or punishment")
            .Produces<CaseView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var collected = await db.Cases.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (collected is null
            || !(caller.SeesAllDepartments || collected.State == CaseState.Approved
                || (caller.Department is not null && collected.Department == caller.Department)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(collected.Version);
        return TypedResults.Ok(CaseView.Of(collected));
    }
}
