using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>Items of the catalogue that nobody has found in the province's or the city's catalogue yet, for the lead office to match .</summary>
internal sealed class ListUpstreamGaps : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/catalogue/upstream-gaps", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithName(nameof(ListUpstreamGaps))
            .WithSummary("List the items of the catalogue that are not matched with the province's or the city's catalogue")
            .Produces<IReadOnlyList<UpstreamGap>>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, PolicyPack pack, CancellationToken cancel)
    {
        var matches = await db.UpstreamMatches.AsNoTracking()
            .Where(match => match.State == UpstreamMatchState.InForce || match.State == UpstreamMatchState.Proposed)
            .Select(match => new { match.Item, match.Level, match.State }).ToListAsync(cancel);
        var gaps =
            from item in pack.Catalogue
            from level in Enum.GetValues<UpstreamLevel>()
            let known = matches.Where(match => match.Item == item.Key && match.Level == level).Select(match => match.State).ToArray()
            where !known.Contains(UpstreamMatchState.InForce)
            select new UpstreamGap(item.Key, item.Title, level, known.Contains(UpstreamMatchState.Proposed));
        return TypedResults.Ok<IReadOnlyList<UpstreamGap>>([.. gaps]);
    }

    /// <summary>An item that is not matched.</summary>
    /// <param name="Item">Key of the item.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Level">Catalogue it is not matched with.</param>
    /// <param name="Proposed">A match waits for the second person.</param>
    internal sealed record UpstreamGap(string Item, string Title, UpstreamLevel Level, bool Proposed);
}
