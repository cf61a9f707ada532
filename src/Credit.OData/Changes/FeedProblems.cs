using Microsoft.AspNetCore.Http;

namespace Credit.OData.Changes;

/// <summary>Why a feed cannot be followed as asked for.</summary>
internal static class FeedProblems
{
    /// <summary>A problem of the catalogue.</summary>
    public static IResult Of(int status, string code) => Results.Problem(statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>The place is no longer kept; the snapshot is where to begin.</summary>
    public static IResult Gone(HttpContext context, string set)
    {
        context.Response.Headers.Link = $"</bulk/{set}>; rel=\"snapshot\"";
        return Of(StatusCodes.Status410Gone, "feed-position-gone");
    }

    /// <summary>The ledger is being brought to the present day.</summary>
    public static IResult NotReady(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Of(StatusCodes.Status503ServiceUnavailable, "feed-unavailable");
    }
}
