using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>The accepting department takes in a paper that was missing; with the last one the commitment is kept. After the last day it is refused (R-3.3.2.c).</summary>
internal sealed class SupplyPaper : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/incentives/acceptances/{id:guid}/papers", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(SupplyPaper))
            .WithSummary("Take in a paper that was missing at acceptance")
            .Produces<AcceptanceView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { paperId = "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10" });

    private static async Task<IResult> HandleAsync(
        Guid id, SupplyBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.Acceptances.Where(each => each.Id == id && each.Department == caller.Department).Select(each => (Guid?)each.SubjectId).SingleOrDefaultAsync(cancel);
        if (known is not { } subject)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(subject, cancel);
        var acceptance = await db.Acceptances.Include(each => each.Papers).SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(acceptance.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var today = clock.Today();
        var supplied = acceptance.Supply(body.PaperId, today);
        if (!supplied.Accepted)
        {
            return supplied.Refusals.ToProblem();
        }

        if (acceptance.State == AcceptanceState.Completed)
        {
            var commitment = await db.Commitments.SingleAsync(each => each.Id == acceptance.CommitmentId, cancel);
            _ = commitment.Keep($"材料已于{today:yyyy-MM-dd}补齐", caller.User, today).Value;
            await DeadlineBook.MeetAsync(db, DeadlineKind.SupplyPapers, id, clock, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(AcceptanceView.Of(acceptance)).WithVersion(acceptance.Version);
    }

    /// <summary>A paper supplied.</summary>
    /// <param name="PaperId">Which one.</param>
    internal sealed record SupplyBody(Guid PaperId);
}
