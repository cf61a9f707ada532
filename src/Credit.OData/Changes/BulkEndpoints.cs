using System.Globalization;
using Credit.Abstractions;
using Credit.Core.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Credit.OData.Changes;

/// <summary>Offers the files under <c>/bulk</c>.</summary>
internal static class BulkEndpoints
{
    /// <summary>Maps the files.</summary>
    public static void MapBulk(this IEndpointRouteBuilder host)
    {
        const string Reason = "What is published may be copied by anyone (R-3.1.4).";
        host.MapGet("/bulk", (SetCatalog sets) => TypedResults.Ok(sets.Sets.Where(set => set.Surface == Surface.Public && set.Followed is not null).Select(set => $"/bulk/{set.Name}").ToArray()))
            .WithName("BulkSets").WithTags("Feeds").WithSummary("Sets that can be taken as files")
            .AllowAnonymousBecause(Reason);
        host.MapGet("/bulk/{set}", async (string set, HttpContext context, SetCatalog sets, BulkFiles files, CancellationToken cancel) =>
            {
                if (sets.Find(Surface.Public, set)?.Followed is null)
                {
                    return Results.Problem(statusCode: StatusCodes.Status404NotFound);
                }

                // Which files are the newest is asked anew each time: a list of files that are gone leads nowhere.
                context.Response.Headers.CacheControl = "no-cache";
                if (await files.OfAsync(set, cancel) is { } manifest)
                {
                    return Results.Ok(manifest);
                }

                return FeedProblems.NotReady(context);
            })
            .Explains("set", "A set that /bulk names").RefusesWith("feed-unavailable")
            .Produces<BulkManifest>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("BulkManifest").WithTags("Feeds").WithSummary("The newest snapshot and delta of a set, with position, digest and SHA-256 of each file")
            .AllowAnonymousBecause(Reason);
        host.MapGet("/bulk/{set}/{file}", async (string set, string file, HttpContext context, SetCatalog sets, BulkFiles files, CancellationToken cancel) =>
            {
                if (await files.OpenAsync(set, file, cancel) is not { } open)
                {
                    if (sets.Find(Surface.Public, set)?.Followed is not null)
                    {
                        context.Response.Headers.Link = $"</bulk/{set}>; rel=\"snapshot\"";
                    }

                    return FeedProblems.Of(StatusCodes.Status404NotFound, "bulk-file-gone");
                }

                // Who takes a file drop by drop holds a place that others wait for.
                if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
                {
                    rate.MinDataRate = new(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(30));
                }

                context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)open.Left.TotalSeconds}");
                return Results.Stream(open.Content, "application/gzip", entityTag: new($"\"{open.File.Sha256}\""), enableRangeProcessing: true);
            })
            .Explains("set", "A set that /bulk names").Explains("file", "Name of a file in the manifest").AnswersAs("application/gzip").RefusesWith("bulk-file-gone")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithName("BulkFile").WithTags("Feeds").WithSummary("A file that a manifest of the last minutes names")
            .AllowAnonymousBecause(Reason);
    }
}
