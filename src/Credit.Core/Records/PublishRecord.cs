using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>A second officer of the provider agrees that a record is shown to the public, as was asked when it was stated (R-3.1.4.f, I84).</summary>
internal sealed class PublishRecord : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/records/{id:guid}/publication", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(PublishRecord))
            .WithSummary("Agree to the publication of a credit record of the own department")
            .Produces<CreditRecordView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.CreditRecords.Where(each => each.Id == id).Select(each => new { each.Provider, each.SubjectId }).SingleOrDefaultAsync(cancel);
        if (known is null || known.Provider != caller.Department)
        {
            return known is not null && caller.Is(Roles.LeadOffice) ? EntryAccess.NotYours.ToProblem() : TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(known.SubjectId, cancel);
        var record = await db.CreditRecords.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(record.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var published = record.Publish(caller.User);
        if (!published.Accepted)
        {
            return published.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.SecondPerson, id, caller, clock, "已公示", cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(CreditRecordView.Of(record)).WithVersion(record.Version);
    }
}
