using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Reports;

/// <summary>Reads a report of misconduct: its handler alone, neither lead office nor auditor (requirements §13).</summary>
internal sealed class GetReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/reports/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(GetReport))
            .WithSummary("Read a report of misconduct the own department handles")
            .Produces<MisconductReportView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.MisconductReports.AsNoTracking().Include(each => each.Answers)
            .SingleOrDefaultAsync(each => each.Id == id && each.Handler == caller.Department, cancel) is { } report
            ? TypedResults.Ok(MisconductReportView.Of(report)).WithVersion(report.Version)
            : TypedResults.NotFound();
}
