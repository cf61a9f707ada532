using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>Closes a stopped task (I44).</summary>
internal sealed class CloseTask : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/closure", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(CloseTask))
            .WithSummary("Close a stopped task")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        db.MoveTaskAsync(id, caller, seen, task => Task.FromResult(task.Close().Refusals), cancel);
}
