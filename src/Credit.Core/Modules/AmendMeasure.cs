using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>The lead office amends one measure of a memorandum: a new version in which the others stay as they are (R-3.5.3.c).</summary>
internal sealed class AmendMeasure : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda/{code}/amendments", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause("It draws up a revision; of two drawn up from one version only one is ever approved.")
            .WithName(nameof(AmendMeasure))
            .WithSummary("Draw up a version of a memorandum in which one measure is amended or added")
            .Produces<RevisionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                effectiveFrom = "2027-01-01",
                reason = "依据修订后的法律，本项改为强制性措施。",
                measure = new
                {
                    ordinal = "7",
                    wording = "限制取得政府供应土地",
                    canonical = new[] { "P03" },
                    nature = "Administrative",
                    obligation = "Mandatory",
                    bodies = "国土资源部",
                    departments = new[] { "planning" },
                    outsideDistrict = false,
                    legalBases = new[] { new { title = "企业信息公示暂行条例第十八条", level = "Regulation" } },
                    watchApplicable = false,
                    onlyAbleButRefuses = false,
                    withinWorkingDays = 10,
                    evidence = "Seen",
                },
            });

    private static async Task<IResult> HandleAsync(
        string code, AmendmentBody body, RevisionAccess revisions, CreditDbContext db, MemorandumCatalogue catalogue, CancellationToken cancel)
    {
        if (await catalogue.LatestAsync(db, code, cancel) is not { } latest)
        {
            return TypedResults.NotFound();
        }

        MeasureLine[] lines = [.. latest.Measures.Select(MeasureLine.Of).Select(line => line.Ordinal == body.Measure.Ordinal ? body.Measure : line)];
        if (Array.TrueForAll(lines, line => line.Ordinal != body.Measure.Ordinal))
        {
            lines = [.. lines, body.Measure];
        }

        var own = await db.MemorandumRevisions.AsNoTracking().SingleOrDefaultAsync(
            each => each.Code == code && each.Number == latest.Version && (each.State == RevisionState.InForce || each.State == RevisionState.Retired), cancel);
        var amended = new MemorandumText
        {
            Code = code,
            Title = latest.Title,
            DocumentNumber = latest.DocumentNumber,
            SignedOn = latest.IssuedOn,
            Level = own?.Level ?? MemorandumLevel.National,
            Signers = latest.Signers,
            Lead = latest.Lead,
            Parties = own?.Parties ?? [],
            Targets = latest.Targets,
            FeedbackCadence = latest.FeedbackCadence,
            List = latest.Trigger.List,
            Domains = latest.Trigger.Domains,
            EffectiveFrom = body.EffectiveFrom,
            Measures = [.. lines.Select(line => line.ToMeasure(code))],
            Amended = body.Measure.Ordinal,
        };
        return await revisions.DrawAsync(amended, [body.Measure], body.Reason, isNew: false, cancel);
    }

    /// <summary>An amendment.</summary>
    /// <param name="Measure">The measure as it is to read.</param>
    /// <param name="EffectiveFrom">First day it counts; after the day it is approved.</param>
    /// <param name="Reason">Why the list of measures is revised.</param>
    internal sealed record AmendmentBody(MeasureLine Measure, DateOnly EffectiveFrom, string Reason);
}
