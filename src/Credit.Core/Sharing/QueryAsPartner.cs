using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Sharing;

/// <summary>
/// A partner queries items it is granted, for a purpose. Of a natural person, and of items for authorised use, only by the
/// subject's authorisation. Every answer is in the log (R-3.1.5.a, R-3.1.5.b).
/// </summary>
internal sealed class QueryAsPartner : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partner-queries", HandleAsync)
            .RequireAuthorization(Access.Partner)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(QueryAsPartner))
            .WithSummary("Query granted items about a subject, as a partner")
            .Produces<PartnerAnswer>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" }, purpose = "MarketTransaction", items = new[] { "penalties" } });

    private static async Task<IResult> HandleAsync(
        PartnerQueryBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, SubjectFinder subjects, RegisterExtract extract,
        RegisterPen pen, CancellationToken cancel)
    {
        if (body.Purpose is not { } purpose)
        {
            return PartnerAccess.NoPurpose.ToProblem();
        }

        var own = await db.OwnGrantAsync(caller, cancel);
        if (!own.Accepted)
        {
            return own.Refusals.ToProblem();
        }

        var today = clock.Today();
        var partner = own.Value;
        string[] items = [.. body.Items ?? partner.Items.Where(key => pack.Catalogue.Any(item => item.Key == key && item.Sharing != SharingClass.Authorised))];
        if (items.Length == 0 || items.Except(partner.Items).Any())
        {
            return new Refusal("partner-item-not-granted", "所列项目不在该机构的查询范围内。", "The partner is not granted these items.", Clause.R("3.1.5.b")).ToProblem();
        }

        var found = await subjects.FindAsync(body.Subject.ToReference(), today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        // Of a person nobody outside learns without authorisation that the registry knows it.
        var needed = body.Subject.Kind == SubjectKind.NaturalPerson || found.Value?.Kind == SubjectKind.NaturalPerson
            || pack.Catalogue.Any(item => items.Contains(item.Key) && item.Sharing == SharingClass.Authorised);
        var authorisation = needed ? await db.FindAuthorisationAsync(found.Value?.Id, partner, items, purpose, today, cancel) : null;
        if (needed && authorisation is null)
        {
            return PartnerAccess.NotAuthorised.ToProblem();
        }

        var query = Guid.CreateVersion7();
        var sections = found.Value is null ? [] : await extract.ReadAsync(found.Value.Id, new ExtractScope(items, null, Outside: true), today, cancel);
        db.Add(pen.Write(
            new PartnerQueryAnswered(query, partner.Id, found.Value?.Id, purpose, string.Join(';', items), authorisation?.Id),
            "PartnerQuery",
            query,
            Clause.R("3.1.5.b"),
            before: null,
            new JsonObject { ["PartnerId"] = partner.Id.ToString(), ["SubjectId"] = found.Value?.Id.ToString(), ["Purpose"] = purpose.ToString() }));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new PartnerAnswer(query, clock.GetUtcNow(), found.Value is not null, purpose, items, sections));
    }

    /// <summary>A query.</summary>
    /// <param name="Subject">Who is asked about, by identifier only.</param>
    /// <param name="Purpose">What the answer is used for; compulsory.</param>
    /// <param name="Items">Items asked for; absent for all granted ones that need no authorisation of their own.</param>
    internal sealed record PartnerQueryBody(NamedSubject Subject, QueryPurpose? Purpose, IReadOnlyList<string>? Items = null);

    /// <summary>The answer.</summary>
    /// <param name="QueryId">Number of the query.</param>
    /// <param name="AsOf">Instant of the answer, UTC.</param>
    /// <param name="Found">The registry knows the subject.</param>
    /// <param name="Purpose">What it is used for.</param>
    /// <param name="Items">Items asked for.</param>
    /// <param name="Sections">What there is, by item.</param>
    internal sealed record PartnerAnswer(
        Guid QueryId, DateTimeOffset AsOf, bool Found, QueryPurpose Purpose, IReadOnlyList<string> Items, IReadOnlyList<ExtractSection> Sections);
}
