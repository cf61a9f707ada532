using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>
/// A department adds a legal review before its decisions, or narrows who takes a step, from a day to come. What began
/// before that day goes on under the steps it began with, and those stay readable.
/// </summary>
internal sealed class SetWorkflowSteps : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/policy/workflow/steps", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(SetWorkflowSteps))
            .WithSummary("Add a legal review or narrow who takes a step, from a day to come")
            .Produces<WorkflowView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { from = "2027-01-01", legalReview = new[] { "Recognition", "ObjectionConclusion" }, acceptObjectionBy = "Approver", announceExitBy = "Officer" });

    private static async Task<IResult> HandleAsync(
        StepsDraft body, IfMatch seen, CreditDbContext db, Caller caller, PolicyPack pack, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Department is null)
        {
            return TypedResults.NotFound();
        }

        var workflow = await db.Workflows.Include(each => each.Steps).SingleOrDefaultAsync(each => each.Department == caller.Department, cancel);
        if (workflow is not null && seen.Against(workflow.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var isNew = workflow is null;
        workflow ??= DepartmentWorkflow.Of(caller.Department);
        var set = workflow.SetSteps(body, caller.User, clock.Today());
        if (!set.Accepted)
        {
            return set.Refusals.ToProblem();
        }

        if (isNew)
        {
            db.Add(workflow);
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(WorkflowView.Of(caller.Department, workflow, pack, clock.Today())).WithVersion(workflow.Version);
    }
}

/// <summary>Steps a department set.</summary>
/// <param name="Number">Counts up with each setting.</param>
/// <param name="From">First day: they count for what begins on it or later, up to the first day of later ones.</param>
/// <param name="LegalReview">Decisions that want a legal review first.</param>
/// <param name="AcceptObjectionBy">Who alone takes objections up; null for the platform's roles.</param>
/// <param name="AnnounceExitBy">Who alone records the announcement of an exit; null likewise.</param>
/// <param name="SetBy">Account that set them.</param>
/// <param name="SetOn">Day they were set.</param>
internal sealed record StepsView(
    int Number, DateOnly From, IReadOnlyList<ReviewedDecision> LegalReview, StepRole? AcceptObjectionBy, StepRole? AnnounceExitBy, string SetBy, DateOnly SetOn)
{
    public static StepsView Of(WorkflowSteps steps) => new(
        steps.Number, steps.From, steps.LegalReview, steps.AcceptObjectionBy, steps.AnnounceExitBy, steps.SetBy, steps.SetOn);
}
