using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>A second person of the lead office accepts a match, which replaces the one in force, or refuses it (R-2.1, I84).</summary>
internal sealed class DecideUpstreamMatch : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/upstream-matches/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(DecideUpstreamMatch))
            .WithSummary("Accept or refuse a match with the province's or the city's catalogue")
            .Produces<UpstreamMatchView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { accept = true, finding = "与所引文件一致。" });

    private static async Task<IResult> HandleAsync(
        Guid id, MatchDecision body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Finding, "finding")).ToArray() is { Length: > 0 } named)
        {
            return named.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/upstream-match'))", cancel);
        if (await db.UpstreamMatches.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } match)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(match.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var decided = match.Decide(body.Accept, body.Finding, caller.User, clock.Today());
        if (!decided.Accepted)
        {
            return decided.Refusals.ToProblem();
        }

        var earlier = body.Accept
            ? await db.UpstreamMatches.SingleOrDefaultAsync(each => each.Item == match.Item && each.Level == match.Level && each.State == UpstreamMatchState.InForce, cancel)
            : null;
        _ = earlier?.Replace().Value;
        await CompleteInboxItem.CloseAsync(db, InboxKind.SecondPerson, match.Id, caller, clock, body.Finding, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(UpstreamMatchView.Of(match)).WithVersion(match.Version);
    }

    /// <summary>A decision.</summary>
    /// <param name="Accept">Accepted or not.</param>
    /// <param name="Finding">Why.</param>
    internal sealed record MatchDecision(bool Accept, string Finding);
}
