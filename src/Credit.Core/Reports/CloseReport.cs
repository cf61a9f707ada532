using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Reports;

/// <summary>The handler closes a report with its outcome (R-3.4.5.a). Whoever is to be listed is proposed like anybody else.</summary>
internal sealed class CloseReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports/{id:guid}/closure", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(CloseReport))
            .WithSummary("Close a report of misconduct with its outcome")
            .Produces<MisconductReportView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { answer = "经查属实，已作出行政处罚。" });

    private static Task<IResult> HandleAsync(
        Guid id, AnswerBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.AnswerReportAsync(id, caller, seen, MisconductTrigger.Close, body, clock, cancel);
}
