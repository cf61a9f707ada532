using Credit.Core.Http;

namespace Credit.Host.Startup;

/// <summary>The way of a request from the socket to its endpoint, in order.</summary>
internal static class FrontDoor
{
    /// <summary>Sets up the way. Endpoints are mapped before, because documents and the access guard are computed from them.</summary>
    public static void UseFrontDoor(this WebApplication app)
    {
        EndpointAccess.ThrowIfUnguarded(app.BuildEndpointsOnce());
        app.UseTrustedProxies();
        app.UseRequestLog();
        app.Use(SafeHeaders);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<RequestText>();
        app.UseRateLimiter();
        app.UseDocuments();
        app.UseRouting();
        // The host would put it in front by itself, and for everybody, unless told that it is there.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(context => !IsNobody(context.Request), named => named.UseAuthentication());
        app.UseFeedLimits();
        app.Use(Unrouted);
        app.UseAuthorization();
        app.UseMiddleware<AcceptedFormats>();
        app.UseMiddleware<WholeForms>();
        app.UseMiddleware<Idempotency>();

        // Here and not at the start, so that documents are complete for whoever writes them without starting the host.
        ((IApplicationBuilder)app).UseEndpoints(_ => { });
    }

    // A route group builds its endpoints anew whenever it is asked for them, and the guard, the documents and the router all ask.
    private static Endpoint[] BuildEndpointsOnce(this IEndpointRouteBuilder app)
    {
        Endpoint[] endpoints = [.. app.DataSources.SelectMany(source => source.Endpoints)];
        app.DataSources.Clear();
        app.DataSources.Add(new DefaultEndpointDataSource(endpoints));
        return endpoints;
    }

    // Who asks for what is published and shows no token is nobody: there is nothing to look into, and the issuer has no address here.
    private static bool IsNobody(HttpRequest request) =>
        request.Headers.Authorization.Count == 0
        && (request.Path.StartsWithSegments("/odata/public", StringComparison.Ordinal) || request.Path.StartsWithSegments("/bulk", StringComparison.Ordinal));

    private static Task SafeHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        return next(context);
    }

    // The fallback policy would answer 401 to an address that does not exist and to a method that is not allowed there.
    private static Task Unrouted(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Endpoints of routing itself (405, 415) carry no metadata and only set a status.
        return endpoint is not RouteEndpoint && endpoint.Metadata.Count == 0 ? endpoint.RequestDelegate!(context) : next(context);
    }
}
