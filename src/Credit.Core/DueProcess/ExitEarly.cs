using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>
/// The recogniser decides on early exit. Granted, the entry leaves by the one way every entry leaves: measures stop, the
/// exit is announced on the original channels, the lead office is told, a watch entry follows (R-3.5.6.b, R-3.5.6.d, I62).
/// </summary>
internal sealed class ExitEarly : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/early-exit-decision", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ExitEarly))
            .WithSummary("Decide an application for early exit: the entry leaves its list, or stays")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { grant = true, dutiesFulfilled = true, finding = "经核实，义务已履行完毕，不良影响已消除。" });

    private static Task<IResult> HandleAsync(
        Guid id, EarlyExitDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, LeaveList leave, WriteNotice notices,
        CancellationToken cancel) =>
        db.MoveRepairAsync(
            id,
            caller,
            seen,
            async (repair, entry) =>
            {
                var today = clock.Today();
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("finding", body.Finding)];
                refusals = refusals.Length > 0
                    ? refusals
                    : [.. repair.DecideExit(entry, body.Grant, body.DutiesFulfilled, body.Finding, caller.User, today).Refusals];
                if (refusals.Length > 0)
                {
                    return refusals;
                }

                notices.Answer(db, entry, id, "提前退出申请", body.Grant ? "同意退出" : "不予退出", body.Finding);
                await DeadlineBook.MeetAsync(db, DeadlineKind.DecideEarlyExit, id, clock, cancel);
                return body.Grant ? (await leave.ApplyAsync(db, entry, EntryTrigger.ExitEarly, today, packs.Named(repair.PolicyPack), cancel)).Refusals : [];
            },
            cancel);

    /// <summary>A decision on early exit.</summary>
    /// <param name="Grant">The entry leaves its list, or stays.</param>
    /// <param name="DutiesFulfilled">The recogniser found the duties fulfilled; without that no exit is granted.</param>
    /// <param name="Finding">Why; the subject reads it.</param>
    internal sealed record EarlyExitDecision(bool Grant, bool DutiesFulfilled, string Finding);
}
