using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>The lead office accepts a department's rectification, or sets it another term (R-4.3.b).</summary>
internal sealed class DecideDepartmentRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/oversight/rectifications/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(DecideDepartmentRectification))
            .WithSummary("Accept a department's rectification, or reject it with another term")
            .Produces<DepartmentRectificationView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { accept = false, finding = "补报材料不完整，请继续整改。" });

    private static Task<IResult> HandleAsync(
        Guid id, DecisionBody body, IfMatch seen, CreditDbContext db, PolicyPack pack, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveDepartmentRectificationAsync(
            id,
            _ => true,
            seen,
            async rectification =>
            {
                if (TextNamesPerson.Against(Clause.R("4.3.b"), (body.Finding, "finding")).ToArray() is { Length: > 0 } named)
                {
                    return named;
                }

                var today = clock.Today();
                var decided = rectification.Decide(body.Accept, body.Finding, caller.User, today.AddDays(pack.DepartmentRectificationDays));
                if (decided.Accepted && body.Accept)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.DepartmentRectification, id, clock, cancel);
                }
                else if (decided.Accepted)
                {
                    await SetTermAsync(db, id, rectification.Department, today, rectification.Due, cancel);
                }

                return decided.Refusals;
            },
            cancel);

    // The term that still runs is moved; one that passed is followed by another.
    private static async Task SetTermAsync(CreditDbContext db, Guid id, string department, DateOnly today, DateOnly due, CancellationToken cancel)
    {
        if (await db.Deadlines.AnyAsync(each => each.AggregateId == id && each.Kind == DeadlineKind.DepartmentRectification && each.State == DeadlineState.Open, cancel))
        {
            await DeadlineBook.MoveAsync(db, DeadlineKind.DepartmentRectification, id, due, cancel);
        }
        else
        {
            DeadlineBook.OpenOn(db, DeadlineKind.DepartmentRectification, id, department, today, due);
        }
    }

    /// <summary>A decision.</summary>
    /// <param name="Accept">True when the work is put right.</param>
    /// <param name="Finding">Reason, without personal data.</param>
    internal sealed record DecisionBody(bool Accept, string Finding);
}
