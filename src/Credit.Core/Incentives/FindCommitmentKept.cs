using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>The department finds a commitment kept (R-3.3.1.d).</summary>
internal sealed class FindCommitmentKept : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/commitments/{id:guid}/fulfilment", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(FindCommitmentKept))
            .WithSummary("Find a commitment kept")
            .Produces<CommitmentView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { finding = "抽检合格，承诺已履行。" });

    private static Task<IResult> HandleAsync(
        Guid id, FulfilmentBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveCommitmentAsync(id, caller, seen, body.Finding, commitment => commitment.Keep(body.Finding, caller.User, clock.Today()).Refusals, cancel);

    /// <summary>A finding.</summary>
    /// <param name="Finding">What was found.</param>
    internal sealed record FulfilmentBody(string Finding);
}
