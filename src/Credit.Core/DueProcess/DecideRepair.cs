using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>
/// The recogniser decides a repair. An approved one lets the subject of a black entry apply for early exit and ends nothing by
/// itself (R-3.5.4.c); a watch entry leaves its list with it (requirements §10.1), and so does every entry where the repair's
/// policy pack lets an approved repair end publication, sharing and use at once (I62).
/// </summary>
internal sealed class DecideRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(DecideRepair))
            .WithSummary("Decide an application for repair as a second officer")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { approve = true, finding = "已按要求完成信用修复。" });

    private static Task<IResult> HandleAsync(
        Guid id, DecisionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, LeaveList leave, WriteNotice notices,
        CancellationToken cancel) =>
        db.MoveRepairAsync(
            id,
            caller,
            seen,
            async (repair, entry) =>
            {
                var today = clock.Today();
                Refusal[] refusals =
                [
                    .. RepairStepBody.AgainstPersonalText("finding", body.Finding),
                    .. await db.AgainstDecisionAsync(ReviewedMatter.Of(repair, entry), caller, cancel),
                ];
                refusals = refusals.Length > 0 ? refusals : [.. repair.Decide(entry, body.Approve, body.Finding, caller.User, today).Refusals];
                if (refusals.Length > 0)
                {
                    return refusals;
                }

                notices.Answer(db, entry, id, "信用修复申请", body.Approve ? "同意修复" : "不予修复", body.Finding);
                await DeadlineBook.MeetAsync(db, DeadlineKind.DecideRepair, id, clock, cancel);
                return body.Approve && EntryRules.RepairEndsListing(packs.Named(repair.PolicyPack), entry.List)
                    ? (await leave.ApplyAsync(db, entry, EntryTrigger.ExitEarly, today, packs.Named(repair.PolicyPack), cancel)).Refusals
                    : [];
            },
            cancel);

    /// <summary>A decision.</summary>
    /// <param name="Approve">Approved or not.</param>
    /// <param name="Finding">Why; the subject reads it.</param>
    internal sealed record DecisionBody(bool Approve, string Finding);
}
