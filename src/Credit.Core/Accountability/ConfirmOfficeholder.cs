using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>
/// A second officer of the department that recorded an office confirms it, or turns it down (R-3.4.6.a, I84). Confirmed, entries
/// already in force find whom they missed, in the same transaction.
/// </summary>
internal sealed class ConfirmOfficeholder : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/officeholders/{id:guid}/confirmation", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ConfirmOfficeholder))
            .WithSummary("Confirm a recorded office as the second officer, or turn it down")
            .Produces<OfficeholderView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { confirmed = true });

    private static async Task<IResult> HandleAsync(
        Guid id, OfficeDecision body, IfMatch seen, CreditDbContext db, Caller caller, HoldToAccount accountability, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.Officeholders.Where(each => each.Id == id).Select(each => new { each.OrganisationId, each.RecordedBy }).SingleOrDefaultAsync(cancel);
        if (known is null)
        {
            return TypedResults.NotFound();
        }

        if (known.RecordedBy != caller.Department)
        {
            return OfficeAccess.NotYours.ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(known.OrganisationId, cancel);
        var holder = await db.Officeholders.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(holder.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (holder.Decide(body.Confirmed, caller.User) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.SecondPerson, id, caller, clock, body.Confirmed ? "已确认" : "不予确认", cancel);
        await db.SaveChangesAsync(cancel);
        await accountability.ApplyToAllAsync(db, known.OrganisationId, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(OfficeholderView.Of(holder)).WithVersion(holder.Version);
    }

    /// <summary>A decision on a recorded office.</summary>
    /// <param name="Confirmed">False turns it down.</param>
    internal sealed record OfficeDecision(bool Confirmed);
}
