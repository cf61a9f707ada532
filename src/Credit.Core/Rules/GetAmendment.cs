using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>Reads an amendment: the department that proposed it, the lead office and auditors.</summary>
internal sealed class GetAmendment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/policy/amendments/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetAmendment))
            .WithSummary("Read a proposed amendment of a rule; its ETag is what If-Match wants")
            .Produces<AmendmentView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.Amendments.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel) is { } amendment
            && (caller.SeesAllDepartments || caller.Department == amendment.Department)
            ? TypedResults.Ok(AmendmentView.Of(amendment)).WithVersion(amendment.Version)
            : TypedResults.NotFound();
}
