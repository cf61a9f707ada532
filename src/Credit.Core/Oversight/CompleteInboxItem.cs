using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Records what was done about an inbox item, for example how a reputation was restored (R-3.5.7.d). Once.</summary>
internal sealed class CompleteInboxItem : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/inbox/{id:guid}/completion", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(CompleteInboxItem))
            .WithSummary("Record what was done about an inbox item")
            .Produces<InboxView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { outcome = "已核实，按期办理。" });

    private static async Task<IResult> HandleAsync(
        Guid id, Completion body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Inbox.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel) is not { } item)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(item.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (string.IsNullOrWhiteSpace(body.Outcome))
        {
            return new Refusal("outcome-missing", "请说明处理结果。", "Say what was done.", Clause.R("3.5.7.d"), "outcome").ToProblem();
        }

        if (await IsOwedAsync(db, id, cancel))
        {
            return new Refusal(
                "inbox-item-owed", "该事项尚未办理，办结后自动销号。", "What the item is about is still owed; it is closed when that is done.", Clause.R("3.5.7.d")).ToProblem();
        }

        if (item.DoneAt is not null)
        {
            return new Refusal("inbox-item-done", "该事项已办结。", "The item is already done with.", Clause.Standard("I22")).ToProblem();
        }

        // Of two officers at the same moment the version lets one through.
        item.Complete(caller.User, body.Outcome, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(InboxView.Of(item)).WithVersion(item.Version);
    }

    /// <summary>A reparation or recovery is done by its own steps, a decision by a second person; they close the item with them.</summary>
    private static Task<bool> IsOwedAsync(CreditDbContext db, Guid id, CancellationToken cancel) => db.Inbox.AnyAsync(
        item => item.Id == id
            && ((item.Kind == InboxKind.SecondPerson && item.DoneAt == null)
                || (item.Kind == InboxKind.ChannelDuty && db.ChannelDuties.Any(each => each.Id == item.AggregateId && each.State == ChannelDutyState.Owed))
                || (item.Kind == InboxKind.Reparation && db.Reparations.Any(each => each.EntryId == item.AggregateId && each.State != ReparationState.Done))
                || (item.Kind == InboxKind.RecoverBenefits && db.Recoveries.Any(each => each.TaskId == item.AggregateId && each.State == RecoveryState.Owed))),
        cancel);

    /// <summary>Closes the item of what was done, in the transaction that did it.</summary>
    public static async Task CloseAsync(
        CreditDbContext db, InboxKind kind, Guid about, Caller caller, TimeProvider clock, string outcome, CancellationToken cancel)
    {
        foreach (var item in await db.Inbox.Where(item => item.Kind == kind && item.AggregateId == about && item.DoneAt == null).ToListAsync(cancel))
        {
            item.Complete(caller.User, outcome, clock.GetUtcNow());
        }
    }

    /// <summary>A completion.</summary>
    /// <param name="Outcome">What was done.</param>
    internal sealed record Completion(string Outcome);
}
