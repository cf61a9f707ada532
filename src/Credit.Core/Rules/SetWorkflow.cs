using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>A department sets its own terms, within the platform's. Terms that run already stay as they are.</summary>
internal sealed class SetWorkflow : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/policy/workflow", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(SetWorkflow))
            .WithSummary("Set the own department's terms within the platform's limits")
            .Produces<WorkflowView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { acceptRepairDays = 1, decideRepairDays = 5 });

    private static async Task<IResult> HandleAsync(
        WorkflowTerms body, IfMatch seen, CreditDbContext db, Caller caller, PolicyPack pack, TimeProvider clock, CancellationToken cancel)
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
        var set = workflow.Set(body, pack, caller.User);
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

/// <summary>How a department works: its terms in working days, and its steps.</summary>
/// <param name="Department">Key of the department.</param>
/// <param name="AcceptRepairDays">Acceptance of an application for repair.</param>
/// <param name="DecideRepairDays">Decision on an accepted repair.</param>
/// <param name="DecideEarlyExitDays">Decision on an application for early exit.</param>
/// <param name="AnnounceExitDays">Announcement of an exit.</param>
/// <param name="Own">Terms the department set itself; null ones are the platform's.</param>
/// <param name="StepsToday">The department's steps for what begins today; null for the platform's alone.</param>
/// <param name="Steps">Every setting of steps, the latest first: those to come and those that no longer count too.</param>
/// <param name="Version">Version, as in the ETag; 0 while the department set none.</param>
internal sealed record WorkflowView(
    string Department, int AcceptRepairDays, int DecideRepairDays, int DecideEarlyExitDays, int AnnounceExitDays, WorkflowTerms Own,
    StepsView? StepsToday, IReadOnlyList<StepsView> Steps, int Version)
{
    public static WorkflowView Of(string department, DepartmentWorkflow? workflow, PolicyPack pack, DateOnly today)
    {
        var within = workflow?.Within(pack) ?? pack;
        return new(
            department, within.AcceptRepairDays, within.DecideRepairDays, within.DecideEarlyExitDays, within.AnnounceExitDays,
            new(workflow?.AcceptRepairDays, workflow?.DecideRepairDays, workflow?.DecideEarlyExitDays, workflow?.AnnounceExitDays),
            workflow?.StepsFor(today) is { } steps ? StepsView.Of(steps) : null,
            [.. workflow?.Steps.OrderByDescending(each => each.Number).Select(StepsView.Of) ?? []],
            workflow?.Version ?? 0);
    }
}

/// <summary>The pack as a department works under it.</summary>
internal static class OwnTerms
{
    /// <summary>The pack with the department's own, shorter terms.</summary>
    public static async Task<PolicyPack> WithinAsync(this CreditDbContext db, string department, PolicyPack pack, CancellationToken cancel) =>
        await db.Workflows.AsNoTracking().SingleOrDefaultAsync(each => each.Department == department, cancel) is { } own ? own.Within(pack) : pack;
}
