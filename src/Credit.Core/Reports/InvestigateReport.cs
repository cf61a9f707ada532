using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Reports;

/// <summary>The handler begins to investigate a report it took up (R-3.4.5.a).</summary>
internal sealed class InvestigateReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports/{id:guid}/investigation", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(InvestigateReport))
            .WithSummary("Begin to investigate a report of misconduct")
            .Produces<MisconductReportView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { answer = "已立案核查（任市监查〔2026〕41号）。" });

    private static Task<IResult> HandleAsync(
        Guid id, AnswerBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.AnswerReportAsync(id, caller, seen, MisconductTrigger.Investigate, body, clock, cancel);
}
