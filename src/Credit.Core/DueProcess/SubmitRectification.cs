using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>The subject says what it put right, with evidence, to the last day (R-3.4.2.c).</summary>
internal sealed class SubmitRectification : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/rectifications/{id:guid}/submission", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(SubmitRectification))
            .WithSummary("Report as the subject what was put right")
            .Produces<RectificationView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { report = "已补报第三季度增值税并建立申报台账。", evidence = "完税证明（鲁济税证〔2026〕2201号）" });

    private static Task<IResult> HandleAsync(
        Guid id, SubmissionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveOwnRectificationAsync(
            id,
            caller,
            seen,
            async (rectification, entry) =>
            {
                Refusal[] refusals =
                [
                    .. RepairStepBody.AgainstPersonalText("report", body.Report), .. RepairStepBody.AgainstPersonalText("evidence", body.Evidence),
                ];
                refusals = refusals.Length > 0 ? refusals : [.. rectification.Submit(body.Report, body.Evidence, clock.Today()).Refusals];
                if (refusals.Length == 0)
                {
                    await RectificationTerms.TellAsync(
                        db, InboxKind.Rectification, rectification, $"条目 {entry.Id} 已提交整改情况 {id}", clock.Today(), cancel);
                }

                return refusals;
            },
            cancel);

    /// <summary>A submission.</summary>
    /// <param name="Report">What was put right; without personal numbers.</param>
    /// <param name="Evidence">Document that shows it.</param>
    internal sealed record SubmissionBody(string Report, string Evidence);
}
