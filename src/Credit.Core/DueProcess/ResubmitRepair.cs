using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>The subject completes an application that was sent back, and sends it again (requirements §10.5).</summary>
internal sealed class ResubmitRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/completion", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ResubmitRepair))
            .WithSummary("Complete an application for repair that was sent back")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { steps = new[] { new { mode = "CreditReport", evidence = "信用报告（XYBG2026-0117）", doneOn = "2026-11-23" } } });

    private static Task<IResult> HandleAsync(
        Guid id, CompletionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveOwnRepairAsync(
            id,
            caller,
            seen,
            async (repair, entry) =>
            {
                var today = clock.Today();
                var pack = await db.WithinAsync(repair.Handler, packs.Named(repair.PolicyPack), cancel);
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("steps", body.Steps.Select(step => step.Evidence))];
                refusals = refusals.Length > 0
                    ? refusals
                    : [.. repair.Resubmit(entry, RepairStepBody.ToSteps(body.Steps), today, calendar.DueDate(today, new WorkingDays(pack.AcceptRepairDays))).Refusals];
                if (refusals.Length == 0)
                {
                    await RepairTerms.OpenAsync(db, DeadlineKind.AcceptRepair, repair, today, pack.AcceptRepairDays, calendar, cancel);
                    await RepairTerms.TellAsync(db, InboxKind.Repair, repair, $"条目 {entry.Id} 收到信用修复申请 {repair.Id}", today, cancel);
                }

                return refusals;
            },
            cancel);

    /// <summary>What was completed.</summary>
    /// <param name="Steps">Further ways of repair taken; none when only the earlier ones are asserted again.</param>
    internal sealed record CompletionBody(IReadOnlyList<RepairStepBody> Steps);
}
