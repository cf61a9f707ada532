using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>The provider of a record found it wrong: it counts as never made and leaves every set, decided by a second officer (R-3.5.7.b, I50, I84).</summary>
internal sealed class AnnulRecord : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/records/{id:guid}/annulment", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(AnnulRecord))
            .WithSummary("Annul a wrong credit record of the own department")
            .Produces<CreditRecordView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { reason = "检查对象认定有误，系同名企业。" });

    private static async Task<IResult> HandleAsync(
        Guid id, AnnulmentBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
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

        if (TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Reason, "reason")).ToArray() is { Length: > 0 } personal)
        {
            return personal.ToProblem();
        }

        var annulled = record.Annul(body.Reason, caller.User, clock.Today());
        if (!annulled.Accepted)
        {
            return annulled.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.SecondPerson, id, caller, clock, "记录已撤销", cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(CreditRecordView.Of(record)).WithVersion(record.Version);
    }

    /// <summary>An annulment.</summary>
    /// <param name="Reason">Why the record is wrong.</param>
    internal sealed record AnnulmentBody(string Reason);
}
