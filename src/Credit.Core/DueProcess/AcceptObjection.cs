using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Takes an objection up: the entry is under verification and every measure rests, or the one measure that is doubted, in one transaction (R-3.5.7.c, I40).</summary>
internal sealed class AcceptObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/acceptance", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AcceptObjection))
            .WithSummary("Accept an objection for verification: measures rest")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                var steps = await db.StepsForAsync(objection.Handler, objection.FiledOn, cancel);
                if (OwnSteps.AgainstRole(steps?.AcceptObjectionBy, caller).ToArray() is { Length: > 0 } narrowed)
                {
                    return narrowed;
                }

                var today = clock.Today();
                var due = calendar.DueDate(today, new WorkingDays(pack.ConcludeObjectionDays));
                var begun = objection.TaskId is null ? Verification.Begin(objection, entry, due) : objection.Accept(due);
                if (begun.Accepted)
                {
                    await RestAsync(db, objection, today, calendar, cancel);
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AcceptObjection, objection.Id, clock, cancel);
                    DeadlineBook.Open(db, DeadlineKind.ConcludeObjection, objection.Id, objection.Handler, today, pack.ConcludeObjectionDays, calendar);
                }

                return begun.Refusals;
            },
            cancel);

    // All measures of a doubted entry rest; of a doubted measure only that one.
    private static async Task RestAsync(CreditDbContext db, Objection objection, DateOnly today, IWorkingCalendar calendar, CancellationToken cancel)
    {
        if (objection.TaskId is { } doubted)
        {
            await SuspendTasks.SuspendAsync(db, await db.Tasks.SingleAsync(task => task.Id == doubted, cancel), today, calendar, cancel);
        }
        else
        {
            await SuspendTasks.SuspendAsync(db, objection.EntryId, today, calendar, cancel);
        }
    }
}
