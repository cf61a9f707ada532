using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Disclosure;

/// <summary>A second person of the department approves an exposure, which makes it public, or turns it down .</summary>
internal sealed class DecideExposure : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exposures/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(DecideExposure))
            .WithSummary("Approve an exposure for publication as a second person, or turn it down")
            .Produces<ExposureView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { approve = true });

    private static async Task<IResult> HandleAsync(
        Guid id, ExposureDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var item = await db.Exposures.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel);
        if (item is null)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(item.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (item.Decide(body.Approve, caller.User, clock.Today()) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(ExposureView.Of(item)).WithVersion(item.Version);
    }

    /// <summary>A decision.</summary>
    /// <param name="Approve">True makes the exposure public.</param>
    internal sealed record ExposureDecision(bool Approve);
}
