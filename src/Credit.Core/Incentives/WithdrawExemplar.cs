using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>The nominating department withdraws an exemplar: it counts no more and is shown no more (R-3.3.1.a).</summary>
internal sealed class WithdrawExemplar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exemplars/{id:guid}/withdrawal", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(WithdrawExemplar))
            .WithSummary("Withdraw an exemplar")
            .Produces<ExemplarView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveExemplarAsync(
            id,
            caller,
            seen,
            async exemplar =>
            {
                var revoked = exemplar.Revoke(RevocationReason.Withdrawn, clock.Today());
                if (revoked.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.PublishExemplar, id, clock, cancel);
                    await RecallCrossRegionRequests.ApplyAsync(db, id, "诚信典型已撤销", clock.Today(), cancel);
                }

                return revoked.Refusals;
            },
            cancel);
}
