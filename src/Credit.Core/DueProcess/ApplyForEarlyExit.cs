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

/// <summary>The subject of a black entry whose repair is approved applies to leave before the last day, its duties performed (R-3.5.6.b, I60).</summary>
internal sealed class ApplyForEarlyExit : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/early-exit", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ApplyForEarlyExit))
            .WithSummary("Apply for early exit after an approved repair")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { performance = "税款、滞纳金、罚款已全部缴清。", evidence = "完税证明（鲁济税证〔2026〕2201号）" });

    private static Task<IResult> HandleAsync(
        Guid id, EarlyExitBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveOwnRepairAsync(
            id,
            caller,
            seen,
            async (repair, entry) =>
            {
                var today = clock.Today();
                var pack = await db.WithinAsync(repair.Handler, packs.Named(repair.PolicyPack), cancel);
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("performance", body.Performance, body.Evidence)];
                var due = calendar.DueDate(today, new WorkingDays(pack.DecideEarlyExitDays));
                refusals = refusals.Length > 0 ? refusals : [.. repair.RequestExit(entry, body.Performance, body.Evidence, pack, today, due).Refusals];
                if (refusals.Length == 0)
                {
                    await RepairTerms.OpenAsync(db, DeadlineKind.DecideEarlyExit, repair, today, pack.DecideEarlyExitDays, calendar, cancel);
                    await RepairTerms.TellAsync(db, InboxKind.EarlyExit, repair, $"条目 {entry.Id} 收到提前退出申请，信用修复 {repair.Id}", today, cancel);
                }

                return refusals;
            },
            cancel);

    /// <summary>An application for early exit.</summary>
    /// <param name="Performance">How the duties were performed and the effects removed; without personal numbers.</param>
    /// <param name="Evidence">Document that shows it.</param>
    internal sealed record EarlyExitBody(string Performance, string Evidence);
}
