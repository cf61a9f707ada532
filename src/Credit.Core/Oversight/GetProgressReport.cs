using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Reads a progress report: the reporting department's own, or any for the lead office (R-4.3.a).</summary>
internal sealed class GetProgressReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/progress/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetProgressReport))
            .WithSummary("Read a progress report")
            .Produces<ProgressView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var report = await db.ProgressReports.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        return report is null || !(caller.SeesAllDepartments || report.Department == caller.Department)
            ? TypedResults.NotFound()
            : TypedResults.Ok(ProgressView.Of(report)).WithVersion(report.Version);
    }
}
