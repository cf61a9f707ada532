using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Reads a rectification of the own department, or any for lead office and auditor.</summary>
internal sealed class GetDepartmentRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/rectifications/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetDepartmentRectification))
            .WithSummary("Read a department's rectification of its own work")
            .Produces<DepartmentRectificationView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var found = await db.DepartmentRectifications.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        return found is null || !(caller.SeesAllDepartments || caller.Department == found.Department)
            ? TypedResults.NotFound()
            : TypedResults.Ok(DepartmentRectificationView.Of(found)).WithVersion(found.Version);
    }
}
