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

/// <summary>Extends the term of verification, once (requirements §9).</summary>
internal sealed class ExtendObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/extension", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ExtendObjection))
            .WithSummary("Extend the term of verification once")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, _) =>
            {
                if (objection.DecideDue is not { } due)
                {
                    return [new("extension-used", "尚未受理，不能延期。", "Not taken up yet: there is no term to extend.", Clause.R("3.5.7.b"))];
                }

                var extended = objection.Extend(calendar.DueDate(due, new WorkingDays(pack.ConcludeObjectionDays)));
                if (extended.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
                    DeadlineBook.Open(db, DeadlineKind.ConcludeObjection, objection.Id, objection.Handler, due, pack.ConcludeObjectionDays, calendar);
                }

                return extended.Refusals;
            },
            cancel);
}
