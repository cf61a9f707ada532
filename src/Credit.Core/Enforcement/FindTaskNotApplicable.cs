using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

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
