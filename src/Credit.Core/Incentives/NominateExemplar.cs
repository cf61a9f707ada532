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

/// <summary>A department nominates a subject as 诚信典型 (R-3.3.1.a). Whoever is on a black or watch list is refused.</summary>
internal sealed class NominateExemplar : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exemplars", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(NominateExemplar))
            .WithSummary("Nominate a subject as an honest exemplar")
            .Produces<ExemplarView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                subject = new { kind = "LegalPerson", name = "任城某某食品有限公司", code = "91370811MA3TEXT0X0" },
                source = "HonestEnterprise",
                deeds = "二十年足斤足两，主动召回问题批次。",
            });

    private static async Task<IResult> HandleAsync(
        NominationBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, StandingReader standings, CancellationToken cancel)
    {
        var today = clock.Today();
        var found = await db.HoldSubjectAsync(subjects, body.Subject, today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        await using var held = found.Value;
        var subject = held.Subject;
        var nominated = Exemplar.Nominate(
            subject, await standings.ReadAsync(subject.Id, today, cancel), body.Source, body.RecommendedBy ?? "", body.Deeds, caller.Department!, caller.User, today);
        List<Refusal> refusals = [.. nominated.Refusals, .. IncentiveAccess.AgainstPersonalText((body.Deeds, "deeds"), (body.RecommendedBy, "recommendedBy"))];
        if (await db.Exemplars.AnyAsync(
            each => each.SubjectId == subject.Id && (each.State == ExemplarState.Nominated || each.State == ExemplarState.Approved || each.State == ExemplarState.Published), cancel))
        {
            refusals.Add(new("exemplar-open", "该主体已被提名或已是诚信典型。", "The subject is nominated, or an exemplar, already.", Clause.R("3.3.1.a")));
        }

        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(nominated.Value);
        await db.SaveChangesAsync(cancel);
        await held.Transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/exemplars/{nominated.Value.Id}", ExemplarView.Of(nominated.Value)).WithVersion(nominated.Value.Version);
    }

    /// <summary>A nomination.</summary>
    /// <param name="Subject">Who.</param>
    /// <param name="Source">Where it was found.</param>
    /// <param name="Deeds">What it is an example of; public, without personal numbers.</param>
    /// <param name="RecommendedBy">Association or medium; needed where the source is one.</param>
    internal sealed record NominationBody(IncentiveSubject Subject, ExemplarSource Source, string Deeds, string? RecommendedBy = null);
}
