using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The department confirms that it stopped the measure (R-3.5.6.d, I46).</summary>
internal sealed class ConfirmStop : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/stop-confirmation", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ConfirmStop))
            .WithSummary("Confirm that a measure was stopped")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { note = "已解除限制，恢复投标资格" });

    private static Task<IResult> HandleAsync(
        Guid id, StopNote body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveTaskAsync(
            id,
            caller,
            seen,
            async task =>
            {
                var stopped = task.ConfirmStop(clock.Today(), body.Note);
                if (stopped.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.ConfirmStop, task.Id, clock, cancel);
                    await DeadlineBook.MeetAsync(db, DeadlineKind.TaskFeedback, task.Id, clock, cancel);
                }

                return stopped.Refusals;
            },
            cancel);

    /// <summary>What was done.</summary>
    /// <param name="Note">One sentence.</param>
    internal sealed record StopNote(string Note);
}
