using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>An approver of the department finds a commitment broken: one negative credit record says so (R-3.3.1.d, I51).</summary>
internal sealed class FindCommitmentBroken : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/commitments/{id:guid}/breach", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(FindCommitmentBroken))
            .WithSummary("Find a commitment broken: it becomes a negative credit record")
            .Produces<CommitmentView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { finding = "产品抽检不合格，与承诺不符。" });

    private static Task<IResult> HandleAsync(
        Guid id, BreachBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, CancellationToken cancel) =>
        db.MoveCommitmentAsync(
            id,
            caller,
            seen,
            body.Finding,
            commitment =>
            {
                var today = clock.Today();
                var broken = commitment.Break(body.Finding, caller.User, today, BreachRecord.PublicUntil(today, pack));
                if (broken.Accepted)
                {
                    db.Add(BreachRecord.Of(commitment, today));
                }

                return broken.Refusals;
            },
            cancel);

    /// <summary>A finding.</summary>
    /// <param name="Finding">What was broken; without personal numbers.</param>
    internal sealed record BreachBody(string Finding);
}
