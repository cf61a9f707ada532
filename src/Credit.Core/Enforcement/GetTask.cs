using Credit.Core.Checks;
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

/// <summary>Reads a task; its ETag is what If-Match wants.</summary>
internal sealed class GetTask : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetTask))
            .WithName(nameof(GetTask))
            .WithSummary("Read a measure task")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (task is null || !(caller.SeesAllDepartments || (caller.Department is not null && task.Department == caller.Department)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(task.Version);
        var shown = TaskView.Of(task);
        return TypedResults.Ok(await db.IsOverAsync(task, clock.Today(), cancel) ? shown with { Execution = TaskExecution.Ended } : shown);
    }
}
