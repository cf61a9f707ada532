using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>The lead office adopts an amendment, which attaches its document to the pack, or rejects it. Who proposed it does not decide.</summary>
internal sealed class DecideAmendment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/policy/amendments/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(DecideAmendment))
            .WithSummary("Adopt or reject a proposed amendment of a rule")
            .Produces<AmendmentView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { adopt = true, finding = "经联席会议审议通过。" });

    private static async Task<IResult> HandleAsync(
        Guid id, AmendmentDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Amendments.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } amendment)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(amendment.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (PersonalText.IsIn(body.Finding))
        {
            return new Refusal(
                "amendment-names-person", "修订建议中不得出现证件号码或电话。", "An amendment may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), "finding").ToProblem();
        }

        var decided = amendment.Decide(body.Adopt, body.Finding, caller.User, clock.Today());
        if (!decided.Accepted)
        {
            return decided.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.RuleAmendment, id, caller, clock, body.Finding, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(AmendmentView.Of(amendment)).WithVersion(amendment.Version);
    }

    /// <summary>A decision.</summary>
    /// <param name="Adopt">Adopted or not.</param>
    /// <param name="Finding">Why; the department reads it.</param>
    internal sealed record AmendmentDecision(bool Adopt, string Finding);
}
