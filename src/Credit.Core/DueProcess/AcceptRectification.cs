using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>The recogniser finds that the subject put it right: no interview follows (R-3.4.2.c, I63).</summary>
internal sealed class AcceptRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/rectifications/{id:guid}/acceptance", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AcceptRectification))
            .WithSummary("Accept what the subject put right")
            .Produces<RectificationView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { finding = "经核实，已按要求整改。" });

    private static Task<IResult> HandleAsync(
        Guid id, AcceptanceBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, WriteNotice notices, CancellationToken cancel) =>
        db.MoveRectificationAsync(
            id,
            caller,
            seen,
            async (rectification, entry) =>
            {
                if (RepairStepBody.AgainstPersonalText("finding", body.Finding).ToArray() is { Length: > 0 } personal)
                {
                    return personal;
                }

                var accepted = rectification.Accept(body.Finding, clock.Today());
                if (accepted.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.Rectify, id, clock, cancel);
                    notices.Answer(db, entry, id, "限期整改", "整改合格", body.Finding);
                }

                return accepted.Refusals;
            },
            cancel);

    /// <summary>An acceptance.</summary>
    /// <param name="Finding">What was found; without personal numbers.</param>
    internal sealed record AcceptanceBody(string? Finding = null);
}
