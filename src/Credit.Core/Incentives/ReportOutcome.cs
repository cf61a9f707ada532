using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>The provider of an offer tells what came of it, for example amount and rate of a loan, with the subject's authorisation (R-3.3.4.a).</summary>
internal sealed class ReportOutcome : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offers/{id:guid}/outcomes", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ReportOutcome))
            .WithSummary("Report what came of an offer")
            .Produces<OutcomeView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { authorisationId = "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10", granted = true, amountYuan = 500000, ratePercent = 3.85 });

    private static async Task<IResult> HandleAsync(Guid id, OutcomeBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Offers.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel) is not { } offer)
        {
            return TypedResults.NotFound();
        }

        var authorisation = await db.OfferAuthorisations.AsNoTracking().SingleOrDefaultAsync(each => each.Id == body.AuthorisationId, cancel);
        var reported = OfferOutcome.Report(offer, authorisation, body.Granted, body.AmountYuan, body.RatePercent, clock.Today());
        if (!reported.Accepted)
        {
            return reported.Refusals.ToProblem();
        }

        db.Add(reported.Value);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, new OutcomeView(reported.Value.Id));
    }

    /// <summary>What came of it.</summary>
    /// <param name="AuthorisationId">The subject's authorisation, which covers outcomes.</param>
    /// <param name="Granted">Granted or not.</param>
    /// <param name="AmountYuan">Amount in yuan.</param>
    /// <param name="RatePercent">Rate in percent a year.</param>
    internal sealed record OutcomeBody(Guid AuthorisationId, bool Granted, decimal? AmountYuan = null, decimal? RatePercent = null);

    /// <summary>A report.</summary>
    /// <param name="Id">Identity.</param>
    internal sealed record OutcomeView(Guid Id);
}
