using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>The department takes its proposed amendment back before it is decided .</summary>
internal sealed class WithdrawAmendment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/policy/amendments/{id:guid}/withdrawal", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(WithdrawAmendment))
            .WithSummary("Withdraw a proposed amendment of a rule")
            .Produces<AmendmentView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Amendments.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel) is not { } amendment)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(amendment.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var withdrawn = amendment.Withdraw();
        if (!withdrawn.Accepted)
        {
            return withdrawn.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.RuleAmendment, id, caller, clock, "部门已撤回", cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(AmendmentView.Of(amendment)).WithVersion(amendment.Version);
    }
}
