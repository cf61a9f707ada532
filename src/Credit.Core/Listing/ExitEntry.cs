using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Exit by decision: the standard changed, or a red subject misused incentives (R-3.5.6.a, R-3.5.6.c). A second officer decides (I84).</summary>
internal sealed class ExitEntry : IUseCase
{
    /// <summary>Reasons a department may decide on here; the others follow from objections, repairs and terms.</summary>
    internal enum DecidedExit
    {
        /// <summary>The standard changed and is no longer met.</summary>
        StandardChanged,

        /// <summary>The subject misused incentives; red entries only.</summary>
        Misuse,
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/exit", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ExitEntry))
            .WithSummary("Exit an entry because the standard changed or incentives were misused")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { reason = "StandardChanged", explanation = "认定标准于2026-11-01修订，该主体不再符合。" });

    private static Task<IResult> HandleAsync(
        Guid id, ExitBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, LeaveList leave, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            async entry =>
            {
                List<Refusal> refusals = [];
                if (caller.User == entry.ProposedBy)
                {
                    refusals.Add(new("four-eyes", "提议人不得决定退出。", "Who proposed the entry does not decide its exit.", Clause.Standard("I84")));
                }

                if (string.IsNullOrWhiteSpace(body.Explanation))
                {
                    refusals.Add(new("explanation-missing", "请说明退出理由。", "State why the entry exits.", Clause.R("3.5.6.a"), "explanation"));
                }

                return refusals.Count > 0
                    ? refusals
                    : (await leave.ApplyAsync(
                        db, entry, body.Reason == DecidedExit.Misuse ? EntryTrigger.Misuse : EntryTrigger.StandardChanged, clock.Today(), cancel)).Refusals;
            },
            cancel);

    /// <summary>A decided exit.</summary>
    /// <param name="Reason">Which reason.</param>
    /// <param name="Explanation">The re-evaluation, in words.</param>
    internal sealed record ExitBody(DecidedExit Reason, string Explanation);
}
