using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>The department records how and when its notice reached the subject, with the document that shows it (R-3.2.2.d, R-3.5.5.d).</summary>
internal sealed class DeliverNotice : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/notices/{id:guid}/delivery", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(DeliverNotice))
            .WithSummary("Record the delivery of a notice")
            .Produces<NoticeView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { way = "InPerson", deliveredOn = "2026-11-24", evidence = "送达回证（任税送〔2026〕18号）" });

    private static Task<IResult> HandleAsync(
        Guid id, DeliveryBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveNoticeAsync(
            db.Notices.Where(notice => notice.Issuer == caller.Department),
            id,
            seen,
            async notice =>
            {
                Refusal[] refusals = [.. RepairStepBody.AgainstPersonalText("evidence", body.Evidence)];
                if (body.Way == DeliveryWay.Platform)
                {
                    refusals =
                    [
                        .. refusals,
                        new("delivery-way", "平台送达由系统记录，不得人工登记。", "The platform records its own deliveries.", Clause.R("3.5.5.d"), "way"),
                    ];
                }

                return refusals.Length > 0 ? refusals : await db.DeliverAsync(notice, body.Way, body.DeliveredOn, body.Evidence, clock, cancel);
            },
            cancel);

    /// <summary>A delivery.</summary>
    /// <param name="Way">In person, by post, or by public notice.</param>
    /// <param name="DeliveredOn">Day of delivery, from the day of the notice to today.</param>
    /// <param name="Evidence">Document that shows it.</param>
    internal sealed record DeliveryBody(DeliveryWay Way, DateOnly DeliveredOn, string Evidence);
}
