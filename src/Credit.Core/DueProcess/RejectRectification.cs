using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>
/// The recogniser finds that it is not put right. To the last day the subject may submit again; rejected after it, the
/// rectification is overdue and the interview opens in the same transaction (R-3.4.2.d).
/// </summary>
internal sealed class RejectRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/rectifications/{id:guid}/rejection", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(RejectRectification))
            .WithSummary("Reject what the subject submitted, with a written reason")
            .Produces<RectificationView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { finding = "申报台账缺少第三季度。" });

    private static Task<IResult> HandleAsync(
        Guid id, RejectionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, WriteNotice notices,
        RectificationTerms terms, CancellationToken cancel) =>
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

                var rejected = rectification.Reject(body.Finding, clock.Today());
                if (!rejected.Accepted)
                {
                    return rejected.Refusals;
                }

                notices.Answer(db, entry, id, "限期整改", "整改不合格", body.Finding);
                if (rectification.State == RectificationState.Overdue)
                {
                    await terms.OpenInterviewAsync(db, entry, rectification, cancel);
                }

                return [];
            },
            cancel);

    /// <summary>A rejection.</summary>
    /// <param name="Finding">What is missing; the subject reads it.</param>
    internal sealed record RejectionBody(string Finding);
}
