using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Does not take an objection up, with a written reason; who proposed or recognised the entry, or raised the doubt, does not decide that (R-3.5.7.b, I59).</summary>
internal sealed class DismissObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/dismissal", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(DismissObjection))
            .WithSummary("Dismiss an objection with a written reason")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { finding = "异议事项不属于本条目。" });

    private static Task<IResult> HandleAsync(
        Guid id, Dismissal body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, WriteNotice notices,
        CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                var dismissed = Verification.Dismiss(objection, entry, body.Finding, caller.User, clock.Today());
                if (dismissed.Accepted)
                {
                    notices.Answer(db, entry, objection.Id, "异议", "不予受理", body.Finding);
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AcceptObjection, objection.Id, clock, cancel);
                }

                return dismissed.Refusals;
            },
            cancel);

    /// <summary>A dismissal.</summary>
    /// <param name="Finding">Why.</param>
    internal sealed record Dismissal(string Finding);
}
