using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>Reads how an item of the catalogue read over time: what is in force is never overwritten (I93).</summary>
internal sealed class ReadItemVersions : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/catalogue/items/{key}/versions", HandleAsync)
            .AllowAnonymousBecause("The catalogue is public, and so is what it said before (R-3.1.4.b).")
            .WithName(nameof(ReadItemVersions))
            .WithSummary("Read how an item of the catalogue read over time, the oldest first")
            .Produces<IReadOnlyList<ItemVersionView>>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string key, CreditDbContext db, CancellationToken cancel)
    {
        var versions = await db.CatalogueItemVersions.AsNoTracking().Where(version => version.Key == key).OrderBy(version => version.Revision).ToListAsync(cancel);
        return versions.Count == 0
            ? TypedResults.NotFound()
            : TypedResults.Ok(versions.Select(version => new ItemVersionView(
                version.Revision, version.From, version.PolicyPack, version.Content is null ? null : JsonNode.Parse(version.Content))));
    }

    /// <summary>A version of an item.</summary>
    /// <param name="Revision">1, 2, 3 …</param>
    /// <param name="From">First day it read so.</param>
    /// <param name="PolicyPack">Policy pack whose catalogue said so.</param>
    /// <param name="Item">The item; null from the day on which it was no longer collected.</param>
    internal sealed record ItemVersionView(int Revision, DateOnly From, string PolicyPack, JsonNode? Item);
}
