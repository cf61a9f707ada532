using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Reports;

/// <summary>The handler does not take a report of misconduct up, and says why (R-3.4.5.a).</summary>
internal sealed class DeclineReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports/{id:guid}/refusal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(DeclineReport))
            .WithSummary("Do not take up a report of misconduct, with the reason")
            .Produces<MisconductReportView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { answer = "所述行为不属于失信行为，不予受理。" });

    private static Task<IResult> HandleAsync(
        Guid id, AnswerBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.AnswerReportAsync(id, caller, seen, MisconductTrigger.Decline, body, clock, cancel);
}
