using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>The terms and steps the caller's department works by: its own where it set any, else the platform's .</summary>
internal sealed class GetWorkflow : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/policy/workflow", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(GetWorkflow))
            .WithSummary("Read the terms and steps the own department works by")
            .Produces<WorkflowView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, PolicyPack pack, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Department is not { } department)
        {
            return TypedResults.NotFound();
        }

        var workflow = await db.Workflows.AsNoTracking().Include(each => each.Steps).SingleOrDefaultAsync(each => each.Department == department, cancel);
        var view = WorkflowView.Of(department, workflow, pack, clock.Today());
        return workflow is null ? TypedResults.Ok(view) : TypedResults.Ok(view).WithVersion(workflow.Version);
    }
}
