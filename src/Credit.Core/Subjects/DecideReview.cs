using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>A second person of the department approves or denies a review ticket (R-3.2.4.f, I84).</summary>
internal sealed class DecideReview : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/review-tickets/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(DecideReview))
            .WithSummary("Approve or deny a review ticket as a second person")
            .Produces<ReviewTicketView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { approve = true });

    private static async Task<IResult> HandleAsync(
        Guid id, ReviewDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, CancellationToken cancel)
    {
        var ticket = await db.ReviewTickets.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel);
        if (ticket is null)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(ticket.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var decided = ticket.Decide(body.Approve, caller.User, clock.GetUtcNow().AddMinutes(pack.RevealMinutes));
        if (!decided.Accepted)
        {
            return decided.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(ReviewTicketView.Of(ticket)).WithVersion(ticket.Version);
    }

    /// <summary>A decision.</summary>
    /// <param name="Approve">Approved or denied.</param>
    internal sealed record ReviewDecision(bool Approve);
}
