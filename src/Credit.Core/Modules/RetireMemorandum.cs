using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Modules;

/// <summary>The lead office draws up the end of a memorandum (R-3.5.3.c): entries that come into force from that day on oblige nobody under it; running tasks go on.</summary>
internal sealed class RetireMemorandum : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda/{code}/retirement", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause("It draws up a revision; of two drawn up from one version only one is ever approved.")
            .WithName(nameof(RetireMemorandum))
            .WithSummary("Draw up the end of a memorandum")
            .Produces<RevisionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { firstDayWithout = "2027-01-01", reason = "国家公布的失信惩戒措施清单不再包含本备忘录。" });

    private static async Task<IResult> HandleAsync(
        string code, RetirementBody body, RevisionAccess revisions, CreditDbContext db, MemorandumCatalogue catalogue, Caller caller, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await catalogue.LatestAsync(db, code, cancel) is not { } latest)
        {
            return TypedResults.NotFound();
        }

        if (TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Reason, "reason")).ToArray() is { Length: > 0 } personal)
        {
            return personal.ToProblem();
        }

        var drawn = MemorandumRevision.DrawRetirement(
            code, latest.Title, latest.Trigger.List, await catalogue.PastAsync(db, code, cancel), body.FirstDayWithout, body.Reason, caller.User, clock.Today());
        return drawn.Accepted ? await revisions.AddAsync(drawn.Value, cancel) : drawn.Refusals.ToProblem();
    }

    /// <summary>The end of a memorandum.</summary>
    /// <param name="FirstDayWithout">First day it counts no more; after the day it is approved.</param>
    /// <param name="Reason">Why it ends.</param>
    internal sealed record RetirementBody(DateOnly FirstDayWithout, string Reason);
}
