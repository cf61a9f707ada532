using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
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
            .WithName(nameof(GetTask))
            .WithSummary("Read a measure task")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (task is null || !(caller.SeesAllDepartments || (caller.Department is not null && task.Department == caller.Department)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(task.Version);
        return TypedResults.Ok(TaskView.Of(task));
    }
}

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

    private static Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        db.MoveTaskAsync(id, caller, seen, task => Task.FromResult(task.Apply().Refusals), cancel);
}

/// <summary>There is nothing to carry the measure out on; mandatory ones need a statutory reason (I43).</summary>
internal sealed class FindTaskNotApplicable : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/non-applicability", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(FindTaskNotApplicable))
            .WithSummary("Find a measure not applicable, with reason")
            .Produces<TaskView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { reason = "该主体未参与本区公共资源交易", legalBasis = "招标投标法第三条" });

    private static Task<IResult> HandleAsync(
        Guid id, NonApplicability body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveTaskAsync(
            id,
            caller,
            seen,
            async task =>
            {
                var found = task.FindNotApplicable(body.Reason, body.LegalBasis);
                if (found.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.TaskFeedback, task.Id, clock, cancel);
                }

                return found.Refusals;
            },
            cancel);

    /// <summary>Why not.</summary>
    /// <param name="Reason">Reason.</param>
    /// <param name="LegalBasis">Law; compulsory for mandatory measures.</param>
    internal sealed record NonApplicability(string Reason, string? LegalBasis = null);
}

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
