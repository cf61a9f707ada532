using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>A subject authorises the provider of one offer to ask about it, until a day (R-3.1.5.b, R-3.3.4.a).</summary>
internal sealed class AuthoriseOffer : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offers/{id:guid}/authorisations", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(AuthoriseOffer))
            .WithSummary("Authorise the provider of an offer to ask about oneself")
            .Produces<OfferAuthorisationView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { until = "2027-11-23", withOutcome = true });

    private static async Task<IResult> HandleAsync(Guid id, AuthorisationBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.SubjectId is not { } subject || !await db.Subjects.AnyAsync(each => each.Id == subject, cancel)
            || !await db.Offers.AnyAsync(each => each.Id == id && each.State == OfferState.Open, cancel))
        {
            return TypedResults.NotFound();
        }

        var granted = OfferAuthorisation.Grant(id, subject, body.WithOutcome, body.Until, clock.Today());
        if (!granted.Accepted)
        {
            return granted.Refusals.ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(subject, cancel);
        db.Add(granted.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, OfferAuthorisationView.Of(granted.Value)).WithVersion(granted.Value.Version);
    }

    /// <summary>An authorisation.</summary>
    /// <param name="Until">Last day.</param>
    /// <param name="WithOutcome">The provider may report what came of it, too.</param>
    internal sealed record AuthorisationBody(DateOnly Until, bool WithOutcome = false);
}

/// <summary>An authorisation as the subject sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="WithOutcome">The provider may report what came of it.</param>
/// <param name="GrantedOn">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="State">Granted or taken back.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record OfferAuthorisationView(Guid Id, Guid OfferId, bool WithOutcome, DateOnly GrantedOn, DateOnly Until, OfferAuthorisationState State, int Version)
{
    public static OfferAuthorisationView Of(OfferAuthorisation authorisation) => new(
        authorisation.Id, authorisation.OfferId, authorisation.WithOutcome, authorisation.GrantedOn, authorisation.Until, authorisation.State, authorisation.Version);
}
