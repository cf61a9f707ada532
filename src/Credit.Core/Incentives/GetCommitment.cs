using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>Reads a commitment: the department it is made before, the subject, the lead office and auditors.</summary>
internal sealed class GetCommitment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commitments/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .ForPurpose(nameof(GetCommitment))
            .WithName(nameof(GetCommitment))
            .WithSummary("Read a commitment; its ETag is what If-Match wants")
            .Produces<CommitmentView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var commitment = await db.Commitments.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (commitment is null || !caller.MaySee(commitment.Department, commitment.SubjectId))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(commitment.Version);
        return TypedResults.Ok(CommitmentView.Of(commitment));
    }
}
