using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Decides whether a watch entry is shown to the public, with decider and reason (R-3.1.4.g).</summary>
internal sealed class ChoosePublication : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/entries/{id:guid}/publication-choice", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ChoosePublication))
            .WithSummary("Decide whether a watch entry is public")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { shown = true, reason = "涉及公共安全，选择性公开" });

    private static Task<IResult> HandleAsync(
        Guid id, ChoiceBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            entry => Task.FromResult(string.IsNullOrWhiteSpace(body.Reason)
                ? [new Refusal("reason-missing", "请说明理由。", "State the reason.", Clause.R("3.1.4.g"), "reason")]
                : EntryRules.AgainstWatchPublication(packs.Named(entry.PolicyPack), body.Shown) is { } closed ? [closed]
                : entry.ChoosePublication(body.Shown, body.Reason, caller.User, clock.Today()).Refusals),
            cancel);

    /// <summary>A choice.</summary>
    /// <param name="Shown">Public or not.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record ChoiceBody(bool Shown, string Reason);
}
