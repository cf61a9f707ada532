using Credit.Core.DueProcess;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

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
        Guid id, NoticeBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, ModuleCatalog modules, IWorkingCalendar calendar,
        WriteNotice notices, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            entry =>
            {
                if (body.DeliveredOn > clock.Today())
                {
                    return Task.FromResult<IReadOnlyList<Refusal>>(
                        [new("delivered-in-future", "送达日期不得晚于今日。", "The day of delivery cannot lie after today.", Clause.R("3.2.2.d"), "deliveredOn")]);
                }

                var ofStandard = modules.FindCriterion(entry.List, entry.Domain, entry.Standard)?.DefenceWorkingDays ?? 0;
                var days = new WorkingDays(Math.Max(packs.Named(entry.PolicyPack).DefenceDays, ofStandard));
                var served = entry.ServeNotice(body.DeliveredOn, calendar.DueDate(body.DeliveredOn, days));
                return Task.FromResult(served.Accepted
                    ? notices.Prior(db, entry, body.DeliveredOn, body.Way, body.Evidence ?? $"{entry.Recogniser}送达记录").Refusals
                    : served.Refusals);
            },
            cancel);

    /// <summary>The subject answered the prior notice: its answer period need not run to the end.</summary>
    public static Task<bool> IsAnsweredAsync(CreditDbContext db, Guid entryId, CancellationToken cancel) => db.Notices.AnyAsync(
        notice => notice.AboutId == entryId && notice.Kind == NoticeKind.PriorNotice && notice.State == NoticeState.Answered, cancel);

    /// <summary>A delivered notice.</summary>
    /// <param name="DeliveredOn">Day of delivery.</param>
    /// <param name="Way">How it reached the subject.</param>
    /// <param name="Evidence">Document that shows it.</param>
    internal sealed record NoticeBody(DateOnly DeliveredOn, DeliveryWay Way = DeliveryWay.InPerson, string? Evidence = null);
}
