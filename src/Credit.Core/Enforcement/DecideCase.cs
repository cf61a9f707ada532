using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The lead office approves a case, which makes it public, or turns it down; never whoever collected it (R-3.5.1.c).</summary>
internal sealed class DecideCase : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(DecideCase))
            .WithSummary("Approve a case for publication, or turn it down")
            .Produces<CaseView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { approve = true });

    private static async Task<IResult> HandleAsync(
        Guid id, CaseDecision body, IfMatch seen, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        if (await db.Cases.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } collected)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(collected.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (collected.Decide(body.Approve, caller.User) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        response.SetVersion(collected.Version);
        return TypedResults.Ok(CaseView.Of(collected));
    }

    /// <summary>A decision.</summary>
    /// <param name="Approve">True makes the case public.</param>
    internal sealed record CaseDecision(bool Approve);
}
