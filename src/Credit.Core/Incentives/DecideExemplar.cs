using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Incentives;

/// <summary>A second person of the department approves a nominated exemplar or turns it down; its publication is due (R-3.3.1.a, R-3.3.1.c).</summary>
internal sealed class DecideExemplar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exemplars/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(DecideExemplar))
            .WithSummary("Approve a nominated exemplar, or turn it down")
            .Produces<ExemplarView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { approve = true });

    private static Task<IResult> HandleAsync(
        Guid id, ExemplarDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar,
        StandingReader standings, CancellationToken cancel) =>
        db.MoveExemplarAsync(
            id,
            caller,
            seen,
            async exemplar =>
            {
                var today = clock.Today();
                var due = calendar.DueDate(today, new WorkingDays(pack.Incentives.PublishExemplarDays));
                var decided = exemplar.Decide(
                    await standings.ReadAsync(exemplar.SubjectId, today, cancel), body.Approve, body.Finding, caller.User, today, due);
                Refusal[] refusals = [.. decided.Refusals, .. IncentiveAccess.AgainstPersonalText((body.Finding, "finding"))];
                if (refusals.Length == 0 && body.Approve)
                {
                    DeadlineBook.Open(db, DeadlineKind.PublishExemplar, id, exemplar.Nominator, today, pack.Incentives.PublishExemplarDays, calendar);
                }

                return refusals;
            },
            cancel);

    /// <summary>A decision.</summary>
    /// <param name="Approve">Approved or turned down.</param>
    /// <param name="Finding">Why; needed to turn down.</param>
    internal sealed record ExemplarDecision(bool Approve, string? Finding = null);
}
