using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Records that the prior notice was delivered; the answer period runs from then (R-3.2.2.d).</summary>
internal sealed class NotifySubject : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/notice", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(NotifySubject))
            .WithSummary("Record the delivery of the prior notice")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { deliveredOn = "2026-11-16" });

    private static Task<IResult> HandleAsync(
        Guid id, NoticeBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            entry => Task.FromResult(body.DeliveredOn > clock.Today()
                ? [new Refusal("delivered-in-future", "送达日期不得晚于今日。", "The day of delivery cannot lie after today.", Clause.R("3.2.2.d"), "deliveredOn")]
                : entry.ServeNotice(body.DeliveredOn, calendar.DueDate(body.DeliveredOn, new WorkingDays(packs.Named(entry.PolicyPack).DefenceDays))).Refusals),
            cancel);

    /// <summary>A delivered notice.</summary>
    /// <param name="DeliveredOn">Day of delivery.</param>
    internal sealed record NoticeBody(DateOnly DeliveredOn);
}
