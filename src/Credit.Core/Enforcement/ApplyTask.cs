using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The department carried the measure out; the report follows (R-3.5.1.b).</summary>
internal sealed class ApplyTask : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/application", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ApplyTask))
            .WithSummary("Record that the measure was carried out")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveTaskAsync(
            id, caller, seen, async task => await db.IsOverAsync(task, clock.Today(), cancel) ? [MeasureTask.NotRunning] : task.Apply().Refusals, cancel);
}
