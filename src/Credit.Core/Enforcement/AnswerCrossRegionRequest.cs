using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Enforcement;

/// <summary>
/// Whoever was asked answers (R-3.5.2.c): the department an incoming request was assigned to; for what went out the city brings
/// the other region's answer, or the lead office records it.
/// </summary>
internal sealed class AnswerCrossRegionRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cross-region-requests/{id:guid}/answer", OwnAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AnswerCrossRegionRequest))
            .WithSummary("Answer another region's request as the department it was assigned to")
            .Produces<CrossRegionView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { answer = "Refuse", words = "该主体不在本区开展业务。" });
        api.MapPost("/cross-region-requests/{id:guid}/foreign-answer", ForeignAsync)
            .RequireAuthorization(Access.Exchange)
            .WithName("RecordForeignAnswer")
            .WithSummary("Record the answer of the region asked")
            .Produces<CrossRegionView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { answer = "Finish", words = "已取消该企业投标资格。" });
    }

    private static Task<IResult> OwnAsync(Guid id, AnswerBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        CrossRegionView.MoveAsync(
            db, id, seen,
            request => request.Direction == CrossRegionDirection.Incoming && caller.Department is not null && request.Department == caller.Department,
            request => Answer(request, body, clock), cancel);

    private static Task<IResult> ForeignAsync(Guid id, AnswerBody body, IfMatch seen, CreditDbContext db, TimeProvider clock, CancellationToken cancel) =>
        CrossRegionView.MoveAsync(
            db, id, seen, request => request.Direction == CrossRegionDirection.Outgoing, request => Answer(request, body, clock), cancel);

    private static IReadOnlyList<Refusal> Answer(CrossRegionRequest request, AnswerBody body, TimeProvider clock) =>
        TextNamesPerson.Against(Clause.R("3.5.2.c"), (body.Words, "words")).ToArray() is { Length: > 0 } named
            ? named
            : request.Answer(body.Answer, body.Words, clock.Today()).Refusals;

    /// <summary>An answer.</summary>
    /// <param name="Answer">Accepted, refused or carried out.</param>
    /// <param name="Words">Reason of a refusal, or result; without personal data.</param>
    internal sealed record AnswerBody(CrossRegionTrigger Answer, string? Words);
}
