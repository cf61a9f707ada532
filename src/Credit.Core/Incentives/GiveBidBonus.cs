using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>信用加分: records the bonus of a bidder, only where the tender documents provide for it (R-3.3.3.b).</summary>
internal sealed class GiveBidBonus : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/incentives/bid-bonuses", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(GiveBidBonus))
            .WithSummary("Record a bidder's credit bonus that the tender documents provide for")
            .Produces<BonusView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                subject = new { kind = "LegalPerson", name = "任城某某建筑有限公司", code = "91370811MA3TEXT0X0" },
                tender = "RC-2026-001",
                tenderClause = "招标文件第三章3.4",
                points = 2,
                mostPoints = 2,
            });

    private static async Task<IResult> HandleAsync(
        BonusBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, StandingReader standings, CancellationToken cancel)
    {
        var today = clock.Today();
        var found = await db.HoldSubjectAsync(subjects, body.Subject, today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        await using var held = found.Value;
        var subject = held.Subject.Id;
        var given = BidBonus.Give(
            subject, await standings.ReadAsync(subject, today, cancel), body.Tender, body.TenderClause, body.Points, body.MostPoints, caller.Department!, caller.User, today);
        List<Refusal> refusals = [.. given.Refusals, .. IncentiveAccess.AgainstPersonalText((body.Tender, "tender"), (body.TenderClause, "tenderClause"))];
        if (await db.BidBonuses.AnyAsync(each => each.SubjectId == subject && each.Department == caller.Department && each.Tender == body.Tender, cancel))
        {
            refusals.Add(new("bonus-already-given", "该项目已为该主体加分。", "The bidder has its bonus in this tender already.", Clause.R("3.3.3.b")));
        }

        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(given.Value);
        await db.SaveChangesAsync(cancel);
        await held.Transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, new BonusView(given.Value.Id, given.Value.Points, given.Value.Basis));
    }

    /// <summary>A bonus.</summary>
    /// <param name="Subject">The bidder.</param>
    /// <param name="Tender">Number of the tender.</param>
    /// <param name="TenderClause">Where the tender documents provide for it; without one there is no bonus.</param>
    /// <param name="Points">Points given.</param>
    /// <param name="MostPoints">Most points that the tender documents allow.</param>
    internal sealed record BonusBody(IncentiveSubject Subject, string Tender, string? TenderClause, decimal Points, decimal MostPoints);

    /// <summary>A bonus as recorded.</summary>
    /// <param name="Id">Identity.</param>
    /// <param name="Points">Points given.</param>
    /// <param name="Basis">What it rests on.</param>
    internal sealed record BonusView(Guid Id, decimal Points, BonusBasis Basis);
}
