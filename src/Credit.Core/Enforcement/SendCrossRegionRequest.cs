using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Enforcement;

/// <summary>A body of the district asks another region to reward a typical or to punish a serious subject; the city carries it (R-3.5.2.c).</summary>
internal sealed class SendCrossRegionRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cross-region-requests", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(SendCrossRegionRequest))
            .WithSummary("Ask another region for a joint reward or punishment")
            .Produces<CrossRegionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                kind = "Punishment",
                entryId = "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10",
                region = "370102",
                regionName = "济南市历下区",
                basis = "该企业在历下区设有分支机构并参与投标。",
                measures = "限制参与公共资源交易活动",
            });

    private static async Task<IResult> HandleAsync(SendBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Department is not { } department || await db.LockEntryAsync(body.EntryId, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        if (locked.Entry.Recogniser != department)
        {
            return GetEntry.MaySee(locked.Entry, caller, clock.Today()) ? EntryAccess.NotYours.ToProblem() : TypedResults.NotFound();
        }

        var today = clock.Today();
        if (await Features.AgainstAsync(db, department, Feature.CrossRegionRequests, today, cancel) is { } off)
        {
            return off.ToProblem();
        }

        var sent = CrossRegionRequest.Send(
            locked.Entry, body.Kind, body.Region, body.RegionName, body.Basis, body.Measures, department, caller.User, today);
        Refusal[] refusals =
        [
            .. sent.Refusals,
            .. TextNamesPerson.Against(Clause.R("3.5.2.c"), (body.Basis, "basis"), (body.Measures, "measures"), (body.RegionName, "regionName")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(sent.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/cross-region-requests/{sent.Value.Id}", CrossRegionView.Of(sent.Value)).WithVersion(sent.Value.Version);
    }

    /// <summary>A request.</summary>
    /// <param name="Kind">Reward or punishment.</param>
    /// <param name="EntryId">Own entry it rests on.</param>
    /// <param name="Region">Six digits of the region asked.</param>
    /// <param name="RegionName">Its name.</param>
    /// <param name="Basis">Ground, without personal data.</param>
    /// <param name="Measures">Measures asked for, without personal data.</param>
    internal sealed record SendBody(CrossRegionKind Kind, Guid EntryId, string Region, string RegionName, string Basis, string Measures);
}
