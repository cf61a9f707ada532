using Credit.Core.Accountability;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Takes a proposal or a recognition back before it is in force (R-3.2.2.c).</summary>
internal sealed class WithdrawEntry : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/withdrawal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(WithdrawEntry))
            .WithSummary("Withdraw an entry that is not in force yet")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { reason = "证据不足" });

    private static Task<IResult> HandleAsync(
        Guid id, WithdrawalBody body, IfMatch seen, CreditDbContext db, Caller caller, HoldToAccount accountability, WatchWaitsForBlack watches, TimeProvider clock, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            async entry =>
            {
                var withdrawn = entry.Withdraw(body.Reason);
                if (withdrawn.Accepted)
                {
                    await watches.EndAsync(db, entry, cancel);
                    await accountability.EndAsync(db, entry, wrong: true, clock.Today(), cancel);
                }

                return withdrawn.Refusals;
            },
            cancel);

    /// <summary>A withdrawal.</summary>
    /// <param name="Reason">Why.</param>
    internal sealed record WithdrawalBody(string Reason);
}
