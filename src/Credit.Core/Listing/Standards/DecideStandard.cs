using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing.Standards;

/// <summary>A second person of the lead office registers an edition of a recognition standard, or refuses it (R-3.2.1.a, I84).</summary>
internal sealed class DecideStandard : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/standards/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(DecideStandard))
            .WithSummary("Register or refuse an edition of a recognition standard")
            .Produces<StandardView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { register = true, finding = "与公布的文件一致。" });

    private static async Task<IResult> HandleAsync(
        Guid id, StandardDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Finding, "finding")).ToArray() is { Length: > 0 } named)
        {
            return named.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await KnownStandards.TakeTurnAsync(db, cancel);
        if (await db.Standards.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } standard)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(standard.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var editions = await db.EditionsAsync(standard.Title, standard.Level, standard.List, standard.Domain, cancel);
        var decided = standard.Decide(body.Register, body.Finding, editions, caller.User, clock.Today());
        if (!decided.Accepted)
        {
            return decided.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.SecondPerson, standard.Id, caller, clock, body.Finding, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(StandardView.Of(standard)).WithVersion(standard.Version);
    }

    /// <summary>A decision.</summary>
    /// <param name="Register">Registered or not.</param>
    /// <param name="Finding">Why.</param>
    internal sealed record StandardDecision(bool Register, string Finding);
}
