using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The department declines a recommended measure, with a reason (R-3.5.3.b).</summary>
internal sealed class DeclineTask : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/refusal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(DeclineTask))
            .WithSummary("Decline a recommended measure")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { reason = "审慎评估后暂不采用" });

    private static Task<IResult> HandleAsync(
        Guid id, Declining body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveTaskAsync(
            id,
            caller,
            seen,
            async task =>
            {
                Refusal[] text =
                [
                    .. TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Reason, "reason")),
                    .. TextLength.Against(body.Reason, TextLength.Text, "reason") is { } tooLong ? [tooLong] : Array.Empty<Refusal>(),
                ];
                if (text.Length > 0)
                {
                    return text;
                }

                var declined = task.Decline(body.Reason);
                if (declined.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.TaskFeedback, task.Id, clock, cancel);
                }

                return declined.Refusals;
            },
            cancel);

    /// <summary>Why declined.</summary>
    /// <param name="Reason">Reason.</param>
    internal sealed record Declining(string Reason);
}
