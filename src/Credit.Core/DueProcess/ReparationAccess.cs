using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>How the recogniser gets hold of a reparation it owes; others learn nothing of it.</summary>
internal static class ReparationAccess
{
    public static async Task<IResult> MoveReparationAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Reparation, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var known = await db.Reparations.Where(each => each.Id == id).Select(each => new { each.SubjectId, each.Recogniser }).SingleOrDefaultAsync(cancel);
        if (known is null || caller.Department != known.Recogniser)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(known.SubjectId, cancel);
        var reparation = await db.Reparations.Include(each => each.Channels).SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(reparation.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(reparation);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(ReparationView.Of(reparation)).WithVersion(reparation.Version);
    }
}

/// <summary>A reparation as its department sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The wrong entry.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Statement">The correction statement.</param>
/// <param name="StatedOn">Day the statement was approved.</param>
/// <param name="DoneOn">Day the last channel carried it.</param>
/// <param name="Channels">The channels that had shown the entry.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ReparationView(
    Guid Id, Guid EntryId, ReparationState State, string? Statement, DateOnly? StatedOn, DateOnly? DoneOn, IReadOnlyList<ReparationView.ChannelView> Channels,
    int Version)
{
    public static ReparationView Of(Reparation reparation) => new(
        reparation.Id, reparation.EntryId, reparation.State, reparation.Statement, reparation.StatedOn, reparation.DoneOn,
        [.. reparation.Channels.OrderBy(each => each.Channel).Select(each => new ChannelView(each.Channel, each.CorrectedOn))], reparation.Version);

    /// <summary>A channel.</summary>
    /// <param name="Channel">Which one.</param>
    /// <param name="CorrectedOn">Day it carried the correction; null until then.</param>
    internal sealed record ChannelView(PublicationChannel Channel, DateOnly? CorrectedOn);
}
