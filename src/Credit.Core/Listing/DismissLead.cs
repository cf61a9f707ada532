using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>The department a lead is for dismisses it, with a reason (R-3.2.2.b).</summary>
internal sealed class DismissLead : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/leads/{id:guid}/dismissal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(DismissLead))
            .WithSummary("Dismiss a lead, with a reason")
            .Produces<LeadView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { reason = "经核查，所述行为不属实。" });

    private static Task<IResult> HandleAsync(
        Guid id, LeadDismissalBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveLeadAsync(id, caller, seen, clock, "不予采用", lead => Task.FromResult(lead.Dismiss(body.Reason, clock.Today())), cancel);

    /// <summary>A dismissal.</summary>
    /// <param name="Reason">Why nothing follows from the lead.</param>
    internal sealed record LeadDismissalBody(string Reason);
}
