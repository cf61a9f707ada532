using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>A subject lets one partner query items about itself: scope, purpose and last day (R-3.1.5.b).</summary>
internal sealed class AuthorisePartner : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/authorisations", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(AuthorisePartner))
            .WithSummary("Authorise a partner to query items about oneself")
            .Produces<AuthorisationView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { partner = "bank.system", items = new[] { "penalties", "list-entries" }, purpose = "MarketTransaction", until = "2027-05-24" });

    private static async Task<IResult> HandleAsync(AuthorisationBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.SubjectId is not { } subject || !await db.Subjects.AnyAsync(each => each.Id == subject, cancel))
        {
            return TypedResults.NotFound();
        }

        var partner = await db.Partners.AsNoTracking().SingleOrDefaultAsync(each => each.ClientId == body.Partner && each.State == PartnerState.Active, cancel);
        if (partner is null)
        {
            return new Refusal("partner-unknown", "没有该合作机构。", "There is no such partner.", Clause.R("3.1.5.b"), "partner").ToProblem();
        }

        var given = Authorisation.Give(subject, partner, body.Items, body.Purpose, body.Until, clock.Today());
        if (!given.Accepted)
        {
            return given.Refusals.ToProblem();
        }

        db.Add(given.Value);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created((string?)null, AuthorisationView.Of(given.Value, partner.Name)).WithVersion(given.Value.Version);
    }

    /// <summary>An authorisation.</summary>
    /// <param name="Partner">Client id of the partner.</param>
    /// <param name="Items">Keys of catalogue items.</param>
    /// <param name="Purpose">What they may be used for.</param>
    /// <param name="Until">Last day it holds, a year from today at most.</param>
    internal sealed record AuthorisationBody(string Partner, IReadOnlyList<string> Items, QueryPurpose Purpose, DateOnly Until);
}

/// <summary>An authorisation as its subject sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Partner">Name of the partner.</param>
/// <param name="Items">Keys of catalogue items.</param>
/// <param name="Purpose">What they may be used for.</param>
/// <param name="GivenOn">Day it was given.</param>
/// <param name="Until">Last day it holds.</param>
/// <param name="State">Given or revoked.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record AuthorisationView(
    Guid Id, string Partner, IReadOnlyList<string> Items, QueryPurpose Purpose, DateOnly GivenOn, DateOnly Until, AuthorisationState State, int Version)
{
    public static AuthorisationView Of(Authorisation given, string partner) => new(
        given.Id, partner, given.Items, given.Purpose, given.GivenOn, given.Until, given.State, given.Version);
}
