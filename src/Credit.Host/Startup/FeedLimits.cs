using System.Threading.RateLimiting;
using Credit.Core.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Credit.Host.Startup;

/// <summary>
/// How much of the feeds one caller may take: an account, or an address of whoever has no token. What waits (streams, downloads) is counted while it lasts,
/// everything else by the minute. Nobody else can take the streams that are kept for departments and partners.
/// </summary>
internal sealed class FeedLimits : IDisposable
{
    /// <summary>When to come back to what is taken for as long as others hold it.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly string[] Partners = [Roles.Officer, Roles.Approver, Roles.LeadOffice, Roles.Auditor, Roles.Machine, Roles.Partner];

    private readonly (PartitionedRateLimiter<HttpContext> Requests, PartitionedRateLimiter<HttpContext> Streams, PartitionedRateLimiter<HttpContext> Files) _own;
    private readonly PartitionedRateLimiter<HttpContext>[] _all;

    /// <exception cref="InvalidOperationException">A limit would let nobody in.</exception>
    public FeedLimits(ApiLimits limits)
    {
        if (new[]
            {
                limits.AnonymousPerMinute, limits.FeedsPerMinute, limits.FeedBatchesPerMinute, limits.StreamsPerAddress, limits.StreamsPerAccount, limits.AnonymousStreams,
                limits.Streams, limits.DownloadsPerCaller, limits.AnonymousDownloads, limits.Downloads, limits.DownloadsWaiting,
            }.Any(limit => limit <= 0))
        {
            throw new InvalidOperationException("Limits: 数值须大于 0。 Numbers are above 0.");
        }

        var requests = Limit(context => PerMinute(context, limits));
        var batches = Limit(context => Window("batch " + CallerOf(context), limits.FeedBatchesPerMinute));
        var streams = Limit(context => AtOnce("stream " + CallerOf(context), IsPartner(context) ? limits.StreamsPerAccount : limits.StreamsPerAddress, waiting: 0));
        var anyone = Limit(context => IsPartner(context) ? None : AtOnce("streams of anyone", limits.AnonymousStreams, waiting: 0));
        var everyone = Limit(_ => AtOnce("streams", limits.Streams, waiting: 0));
        var files = Limit(context => AtOnce("file " + CallerOf(context), limits.DownloadsPerCaller, limits.DownloadsWaiting));
        var anyonesFiles = Limit(context => IsPartner(context) ? None : AtOnce("files of anyone", limits.AnonymousDownloads, 3 * limits.DownloadsWaiting));
        var allFiles = Limit(_ => AtOnce("files", limits.Downloads, 4 * limits.DownloadsWaiting));
        _all = [requests, batches, streams, anyone, everyone, files, anyonesFiles, allFiles];
        _own = (requests, streams, files);
        // The minute is counted after the places: whoever finds the house full has taken nothing.
        var (batched, waiting, downloads) = (PartitionedRateLimiter.CreateChained(requests, batches), PartitionedRateLimiter.CreateChained(streams, anyone, everyone, requests),
            PartitionedRateLimiter.CreateChained(files, anyonesFiles, allFiles, requests));
        Options = new()
        {
            GlobalLimiter = new ByKind(request => IsWaiting(request) ? waiting : IsDownload(request) ? downloads : IsBatch(request) ? batched : requests),
            RejectionStatusCode = StatusCodes.Status429TooManyRequests,
            OnRejected = RefuseAsync,
        };
    }

    /// <summary>The chain, as the framework takes it.</summary>
    public RateLimiterOptions Options { get; }

    private static RateLimitPartition<string> None => RateLimitPartition.GetNoLimiter("*");

    public void Dispose()
    {
        Options.GlobalLimiter!.Dispose();
        foreach (var limiter in _all)
        {
            limiter.Dispose();
        }
    }

    // Whoever takes too much is told so; who meets a full house is told that it is not their fault.
    private async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancel)
    {
        Limits.TellWhen(context, Soon);
        var http = context.HttpContext;
        var own = IsWaiting(http.Request) ? _own.Streams : IsDownload(http.Request) ? _own.Files : null;
        if (own is not null && HasRoom(own, http) && HasRoom(_own.Requests, http))
        {
            await Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, extensions: new Dictionary<string, object?> { ["code"] = "feeds-full" }).ExecuteAsync(http);
        }
    }

    private static bool HasRoom(PartitionedRateLimiter<HttpContext> limiter, HttpContext context) => limiter.GetStatistics(context) is not { CurrentAvailablePermits: <= 0 };

    // Departments and partners are not counted outside of the feeds: they are known, and what they do is kept.
    private static RateLimitPartition<string> PerMinute(HttpContext context, ApiLimits limits) =>
        !IsKnown(context) ? Window(CallerOf(context), limits.AnonymousPerMinute)
        : IsFeed(context.Request) ? Window(CallerOf(context), limits.FeedsPerMinute)
        : None;

    private static PartitionedRateLimiter<HttpContext> Limit(Func<HttpContext, RateLimitPartition<string>> of) => PartitionedRateLimiter.Create(of);

    private static RateLimitPartition<string> Window(string whose, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(whose, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) });

    private static RateLimitPartition<string> AtOnce(string whose, int most, int waiting) =>
        RateLimitPartition.GetConcurrencyLimiter(whose, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = waiting });

    private static bool IsKnown(HttpContext context) => context.User.Identity?.IsAuthenticated == true;

    // Anybody can get an account as a subject.
    private static bool IsPartner(HttpContext context) => IsKnown(context) && Partners.Any(new Caller(context.User).Is);

    private static string CallerOf(HttpContext context) =>
        IsKnown(context) ? "account " + new Caller(context.User).User : "address " + CallerAddress.Of(context.Connection.RemoteIpAddress);

    private static bool IsFeed(HttpRequest request) => Under(request, "/odata") || Under(request, "/feeds") || Under(request, "/bulk");

    private static bool IsBatch(HttpRequest request) => Under(request, "/odata") && request.Path.Value!.TrimEnd('/').EndsWith("/$batch", StringComparison.OrdinalIgnoreCase);

    // One that reads to the head and ends is an ordinary request.
    private static bool IsWaiting(HttpRequest request) => Under(request, "/feeds/changes")
        && (request.Query["wait"].ToString() is { Length: > 0 } wait ? wait.Trim('0').Length > 0 : request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));

    private static bool IsDownload(HttpRequest request) => request.Path.StartsWithSegments("/bulk", StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value!.Trim('/').Contains('/', StringComparison.Ordinal);

    private static bool Under(HttpRequest request, string path) => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks only the limits that a request is under: most are under one.</summary>
    private sealed class ByKind(Func<HttpRequest, PartitionedRateLimiter<HttpContext>> of) : PartitionedRateLimiter<HttpContext>
    {
        public override RateLimiterStatistics? GetStatistics(HttpContext resource) => of(resource.Request).GetStatistics(resource);

        protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) => of(resource.Request).AttemptAcquire(resource, permitCount);

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
            of(resource.Request).AcquireAsync(resource, permitCount, cancellationToken);
    }
}

/// <summary>Sets the limits of the feeds up.</summary>
internal static class FeedLimiting
{
    /// <summary>After it is known who calls.</summary>
    public static void UseFeedLimits(this IApplicationBuilder app) => app.UseRateLimiter(app.ApplicationServices.GetRequiredService<FeedLimits>().Options);
}
