using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>
/// An officer asks to read a person's credit file, because of an entry that lists the person or holds it to account (R-3.4.6.b).
/// A second person of the department decides, as on every review ticket.
/// </summary>
internal sealed class RequestPersonalFile : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/persons/{id:guid}/review-tickets", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RequestPersonalFile))
            .WithSummary("Ask to read a person's credit file")
            .Produces<ReviewTicketView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { entryId = "0198a3c0-0000-7000-8000-000000000001", purpose = "核实任职限制对象", caseNumber = "任市监限〔2026〕7号" });

    private static async Task<IResult> HandleAsync(
        Guid id, FileRequest body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, CancellationToken cancel)
    {
        // An entry that has nothing to do with the person counts as unknown: nothing is learned here.
        var entry = await db.Entries.AsNoTracking().SingleOrDefaultAsync(
            each => each.Id == body.EntryId
                && (each.SubjectId == id
                    ? each.SubjectKind == SubjectKind.NaturalPerson
                    : db.AccountabilityItems.Any(item => item.EntryId == each.Id && item.PersonId == id && item.State != AccountabilityState.Deleted)),
            cancel);
        if (entry is null || !Listing.GetEntry.MaySee(entry, caller, clock.Today()))
        {
            return TypedResults.NotFound();
        }

        if (await RequestReview.AgainstAsync(db, entry, body.Purpose, body.CaseNumber, caller.Department!, cancel) is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        var today = clock.Today();
        var requested = ReviewTicket.RequestFile(entry, id, caller.Department!, body.Purpose, body.CaseNumber, caller.User, today);
        return requested.Accepted
            ? await RequestReview.SubmitAsync(db, requested.Value, $"条目 {entry.Id} 相关个人信用档案查阅申请，请审批", pack, today, cancel)
            : requested.Refusals.ToProblem();
    }

    /// <summary>A request.</summary>
    /// <param name="EntryId">The entry because of which the file is needed.</param>
    /// <param name="Purpose">What the file is needed for.</param>
    /// <param name="CaseNumber">Number of the case it is needed in.</param>
    internal sealed record FileRequest(Guid EntryId, string Purpose, string CaseNumber);
}
