using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>One lead with its version, for the department it is for.</summary>
internal sealed class GetLead : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/leads/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetLead))
            .WithSummary("Read a lead; its ETag is what If-Match wants")
            .Produces<LeadView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var lead = await db.Leads.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && (caller.SeesAllDepartments || each.Department == caller.Department), cancel);
        return lead is null ? TypedResults.NotFound() : TypedResults.Ok(LeadView.Of(lead)).WithVersion(lead.Version);
    }
}
