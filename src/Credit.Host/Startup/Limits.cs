using System.Globalization;
using System.Threading.RateLimiting;
using Credit.Core.Http;
using Credit.Core.Receipts;
using Credit.Core.Sharing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Credit.Host.Startup;

/// <summary>Declared limits, and their enforcement.</summary>
internal static class Limits
{
    /// <summary>Adds the limits of the section <c>Limits</c>.</summary>
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("Limits").Get<ApiLimits>() ?? new ApiLimits();
        builder.Services.AddSingleton(limits);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = limits.BodyBytes;
            server.Limits.MaxRequestLineSize = limits.RequestLineBytes;
        });
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = limits.FileBytes);
        builder.Services.AddSingleton<FeedLimits>();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                TellWhen(context, TimeSpan.FromMinutes(1));
                return ValueTask.CompletedTask;
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PerMinute(context.Request, limits) is { } permits
                ? RateLimitPartition.GetFixedWindowLimiter(
                    $"{permits.Kind} {CallerAddress.Of(context.Connection.RemoteIpAddress)}",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = permits.Limit, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("*"));
        });
    }

    /// <summary>Names the time after which to try again.</summary>
    /// <param name="context">The request that is refused.</param>
    /// <param name="otherwise">The time when the limit does not know.</param>
    public static void TellWhen(OnRejectedContext context, TimeSpan otherwise)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : otherwise;
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    // Addresses are counted in memory for a minute and written nowhere.
    private static (string Kind, int Limit)? PerMinute(HttpRequest request, ApiLimits limits)
    {
        if (request.Path.StartsWithSegments(Authentication.TokenPath, StringComparison.OrdinalIgnoreCase))
        {
            return ("token", limits.SignInsPerMinute);
        }

        if (request.Path.StartsWithSegments("/api/reports/follow-up", StringComparison.OrdinalIgnoreCase))
        {
            return ("follow-up", limits.FollowUpsPerMinute);
        }

        if (request.Path.StartsWithSegments("/api" + VerifyCreditReport.Path, StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments(VerifyReceipt.Path, StringComparison.OrdinalIgnoreCase))
        {
            return ("verification", limits.VerificationsPerMinute);
        }

        return HttpMethods.IsPost(request.Method) && request.Path.Value?.TrimEnd('/').Equals("/api/reports", StringComparison.OrdinalIgnoreCase) == true
            ? ("report", limits.ReportsPerMinute)
            : null;
    }

    /// <summary>Publishes the limits.</summary>
    public static void MapLimits(this IEndpointRouteBuilder host) => host
        .MapGet("/.well-known/api-limits", (ApiLimits limits) => TypedResults.Ok(limits))
        .WithName("ApiLimits")
        .WithSummary("Limits that clients meet")
        .AllowAnonymousBecause("Limits are for clients to read before they have a token.");
}
