using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>Accepts an application for repair: it is complete, its review begins (R-3.5.4.b). Who accepts does not decide.</summary>
internal sealed class AcceptRepair : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/repairs/{id:guid}/acceptance", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AcceptRepair))
            .WithSummary("Accept an application for repair for review")
            .Produces<RepairView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveRepairAsync(
            id,
            caller,
            seen,
            async (repair, _) =>
            {
                var today = clock.Today();
                var pack = await db.WithinAsync(repair.Handler, packs.Named(repair.PolicyPack), cancel);
                var accepted = repair.Accept(caller.User, calendar.DueDate(today, new WorkingDays(pack.DecideRepairDays)));
                if (accepted.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AcceptRepair, id, clock, cancel);
                    await RepairTerms.OpenAsync(db, DeadlineKind.DecideRepair, repair, today, pack.DecideRepairDays, calendar, cancel);
                }

                return accepted.Refusals;
            },
            cancel);
}
