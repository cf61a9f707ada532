using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.TriggerFeedback;

/// <summary>How far the feedback on a query is: 未反馈, 反馈中 or 已完成. For the department that asked, the lead office and auditors.</summary>
internal sealed class GetTriggerRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/trigger/requests/{requestId}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetTriggerRequest))
            .WithName(nameof(GetTriggerRequest))
            .WithSummary("Read how far the feedback on a query is")
            .Produces<TriggerState>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string requestId, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var request = await db.TriggerRequests.AsNoTracking().SingleOrDefaultAsync(each => each.Number == requestId, cancel);
        return request is not null && (caller.SeesAllDepartments || request.Department == caller.Department)
            ? TypedResults.Ok(TriggerState.Of(request))
            : TypedResults.NotFound();
    }
}
