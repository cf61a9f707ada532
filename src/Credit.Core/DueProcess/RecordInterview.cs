using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>
/// The recogniser records the one interview of an entry, refused and failed ones included; it enters the subject's credit
/// record in the same transaction (R-3.4.2.d, R-3.4.2.e, I64).
/// </summary>
internal sealed class RecordInterview : IUseCase
{
    /// <summary>Item of the catalogue that interviews are collected under.</summary>
    public const string CatalogueItem = "interviews";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/rectifications/{id:guid}/interview", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(RecordInterview))
            .WithSummary("Record the interview after an overdue rectification")
            .Produces<RectificationView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { kind = "Reminder", outcome = "Held", heldOn = "2026-12-28", minutes = "主要负责人到场，承诺十日内补报。" });

    private static Task<IResult> HandleAsync(
        Guid id, InterviewBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, CancellationToken cancel) =>
        db.MoveRectificationAsync(
            id,
            caller,
            seen,
            async (rectification, _) =>
            {
                var today = clock.Today();
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("minutes", body.Minutes)];
                refusals = refusals.Length > 0
                    ? refusals
                    : [.. rectification.RecordInterview(body.Kind, body.Outcome, body.HeldOn, body.Minutes, caller.User, today).Refusals];
                if (refusals.Length == 0)
                {
                    db.Add(rectification.ToRecord(pack.ItemOf(CatalogueItem).Key, today));
                    await DeadlineBook.MeetAsync(db, DeadlineKind.HoldInterview, id, clock, cancel);
                }

                return refusals;
            },
            cancel);

    /// <summary>An interview.</summary>
    /// <param name="Kind">Reminder for a watch entry, warning for a black one.</param>
    /// <param name="Outcome">What came of it.</param>
    /// <param name="HeldOn">Day it was held, or tried.</param>
    /// <param name="Minutes">What was said, or why it was not held; without personal numbers.</param>
    internal sealed record InterviewBody(InterviewKind Kind, InterviewOutcome Outcome, DateOnly HeldOn, string Minutes);
}
