using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The department has seen the task (R-3.5.1.b).</summary>
internal sealed class AcknowledgeTask : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/acknowledgement", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AcknowledgeTask))
            .WithSummary("Acknowledge a measure task")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        db.MoveTaskAsync(id, caller, seen, task => Task.FromResult(task.Acknowledge().Refusals), cancel);
}
