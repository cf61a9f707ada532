using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>Reads an exemplar: the nominating department, the subject, the lead office and auditors; a counting one every department.</summary>
internal sealed class GetExemplar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/exemplars/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetExemplar))
            .WithName(nameof(GetExemplar))
            .WithSummary("Read an exemplar; its ETag is what If-Match wants")
            .Produces<ExemplarView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var exemplar = await db.Exemplars.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (exemplar is null || !(caller.MaySee(exemplar.Nominator, exemplar.SubjectId) || (caller.Department is not null && exemplar.Counts)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(exemplar.Version);
        return TypedResults.Ok(ExemplarView.Of(exemplar));
    }
}
