using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Reports;

/// <summary>The handler takes a report of misconduct up (R-3.4.5.a). It is a lead for the handler, and no entry.</summary>
internal sealed class AcceptReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports/{id:guid}/acceptance", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AcceptReport))
            .WithSummary("Take up a report of misconduct")
            .Produces<MisconductReportView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { answer = "举报已受理，承办科室将于近日核查。" });

    private static Task<IResult> HandleAsync(
        Guid id, AnswerBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.AnswerReportAsync(id, caller, seen, MisconductTrigger.Accept, body, clock, cancel);
}
