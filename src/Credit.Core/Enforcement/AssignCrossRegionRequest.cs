using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>The lead office says which department answers a request of another region (R-3.5.2.c).</summary>
internal sealed class AssignCrossRegionRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cross-region-requests/{id:guid}/assignment", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(AssignCrossRegionRequest))
            .WithSummary("Assign an incoming cross-region request to a department")
            .Produces<CrossRegionView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { department = "finance" });

    private static async Task<IResult> HandleAsync(
        Guid id, AssignmentBody body, IfMatch seen, CreditDbContext db, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        if (departments.Find(body.Department) is not { OutsideDistrict: false })
        {
            return new Refusal("department-unknown", "没有这个部门。", "There is no such department in the district.", Clause.R("3.5.2.c"), "department").ToProblem();
        }

        var told = await db.Inbox.AnyAsync(
            item => item.Department == body.Department && item.Kind == InboxKind.CrossRegion && item.AggregateId == id, cancel);
        return await CrossRegionView.MoveAsync(
            db,
            id,
            seen,
            _ => true,
            request =>
            {
                var assigned = request.Assign(body.Department);
                if (assigned.Accepted && !told)
                {
                    db.Add(new InboxItem
                    {
                        Department = body.Department,
                        Kind = InboxKind.CrossRegion,
                        AggregateId = id,
                        Text = $"{request.RegionName} 跨区域联合奖惩请求 {id} 已交办，请答复",
                        CreatedOn = clock.Today(),
                    });
                }

                return assigned.Refusals;
            },
            cancel);
    }

    /// <summary>An assignment.</summary>
    /// <param name="Department">Key of the department that answers.</param>
    internal sealed record AssignmentBody(string Department);
}
