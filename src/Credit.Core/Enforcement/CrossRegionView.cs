using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>A cross-region request as its department and the lead office see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Direction">Who asks whom.</param>
/// <param name="Kind">Reward or punishment.</param>
/// <param name="Region">Six digits of the other region.</param>
/// <param name="RegionName">Its name.</param>
/// <param name="EntryId">Own entry; null on what comes in, and on what rests on an exemplar.</param>
/// <param name="ExemplarId">Own honest exemplar it rests on; null where none.</param>
/// <param name="SubjectName">Name of the organisation; empty for natural persons.</param>
/// <param name="SubjectCode">Unified code, or mask of a natural person.</param>
/// <param name="Basis">Ground.</param>
/// <param name="Measures">Measures asked for.</param>
/// <param name="Reference">Number the other region gave it.</param>
/// <param name="Department">Department that asks or answers.</param>
/// <param name="SentOn">Day sent, or received.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Reason of a refusal.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record CrossRegionView(
    Guid Id, CrossRegionDirection Direction, CrossRegionKind Kind, string Region, string RegionName, Guid? EntryId, Guid? ExemplarId, string SubjectName, string SubjectCode,
    string Basis, string Measures, string? Reference, string? Department, DateOnly SentOn, CrossRegionState State, string? Reason, string? Result, int Version)
{
    public static CrossRegionView Of(CrossRegionRequest request) => new(
        request.Id, request.Direction, request.Kind, request.Region, request.RegionName, request.EntryId, request.ExemplarId, request.SubjectName, request.SubjectCode,
        request.Basis, request.Measures, request.Reference, request.Department, request.SentOn, request.State, request.Reason, request.Result, request.Version);

    /// <summary>Runs a move in one transaction; those it does not concern learn nothing.</summary>
    public static async Task<IResult> MoveAsync(
        CreditDbContext db, Guid id, IfMatch seen, Func<CrossRegionRequest, bool> concerns, Func<CrossRegionRequest, IReadOnlyList<Refusal>> move, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM core.cross_region_request WHERE id = {id} FOR UPDATE", cancel);
        if (await db.CrossRegionRequests.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } request || !concerns(request))
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(request.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (move(request) is { Count: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(Of(request)).WithVersion(request.Version);
    }
}
