using Credit.Core.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credit.Host.Startup;

/// <summary>Whether the process lives, and whether it may be sent requests.</summary>
internal static class Health
{
    private static bool IsStopping(IHostApplicationLifetime life) => life.ApplicationStopping.IsCancellationRequested;

    /// <summary>Lets running requests end before the host stops.</summary>
    public static void AddGracefulStop(this WebApplicationBuilder builder) =>
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder host)
    {
        host.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live", [], [])))
            .WithName("Live").WithSummary("The process lives")
            .AllowAnonymousBecause("Supervisors have no account.");
        host.MapGet("/health/ready", Ready)
            .WithName("Ready").WithSummary("The host may be sent requests")
            .AllowAnonymousBecause("Load balancers have no account.");
    }

    private static Results<Ok<HealthAnswer>, ProblemHttpResult> Ready(IEnumerable<IReadiness> parts, IHostApplicationLifetime life, HttpResponse response)
    {
        string[] waiting = [.. parts.Where(part => !part.Ready).Select(part => part.Part), .. IsStopping(life) ? ["stopping"] : Array.Empty<string>()];
        if (waiting.Length == 0)
        {
            return TypedResults.Ok(new HealthAnswer("ready", [], [.. parts.Where(part => part.Troubled).Select(part => part.Part)]));
        }

        response.Headers.RetryAfter = "2";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "not-ready", ["waitingFor"] = waiting });
    }

    /// <param name="Status"><c>live</c> or <c>ready</c>.</param>
    /// <param name="WaitingFor">Parts that are not done.</param>
    /// <param name="Troubled">Parts of which something fails again and again, though the host answers.</param>
    internal sealed record HealthAnswer(string Status, IReadOnlyList<string> WaitingFor, IReadOnlyList<string> Troubled);
}
