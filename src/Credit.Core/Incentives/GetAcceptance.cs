using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>Reads an acceptance with missing papers: the accepting department, the subject, the lead office and auditors.</summary>
internal sealed class GetAcceptance : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/incentives/acceptances/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetAcceptance))
            .WithName(nameof(GetAcceptance))
            .WithSummary("Read an acceptance with missing papers; its ETag is what If-Match wants")
            .Produces<AcceptanceView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var acceptance = await db.Acceptances.AsNoTracking().Include(each => each.Papers).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (acceptance is null || !caller.MaySee(acceptance.Department, acceptance.SubjectId))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(acceptance.Version);
        return TypedResults.Ok(AcceptanceView.Of(acceptance));
    }
}
