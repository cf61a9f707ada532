using System.Security.Claims;
using System.Text.Json;
using Credit.Core.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Demo;

/// <summary>A use case refused what the district's history asks for: the history is wrong, or the rule changed.</summary>
internal sealed class DemoRefusedException(string message) : Exception(message);

/// <summary>
/// The desk at which the demo's officers sit: every step is the use case's own endpoint, with its body, its access policy
/// and its version, only without a socket in between. So no state is there that the rules would not produce.
/// </summary>
internal sealed class DemoDesk(IServiceProvider services, IEnumerable<Endpoint> endpoints)
{
    private readonly Dictionary<string, RouteEndpoint> _useCases = endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
        .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName);

    private readonly IHttpContextAccessor _accessor = services.GetRequiredService<IHttpContextAccessor>();

    private int _steps;

    /// <summary>How many steps were taken.</summary>
    public int Steps => _steps;

    /// <summary>Takes a step and returns the answer.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="useCase">Name of the use case.</param>
    /// <param name="body">What is sent; null for nothing.</param>
    /// <param name="id">What it is about; null for something new.</param>
    /// <param name="version">Version seen; null for something new.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="DemoRefusedException">The use case refuses.</exception>
    public async Task<JsonElement> AskAsync(ClaimsPrincipal caller, string useCase, object? body, Guid? id, int? version, CancellationToken cancel)
    {
        var endpoint = _useCases[useCase];
        await using var scope = services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = caller, RequestAborted = cancel };
        context.SetEndpoint(endpoint);
        context.Request.Method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];
        context.Response.Body = answer;
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            context.Request.RouteValues[parameter.Name] = id?.ToString();
        }

        if (body is not null)
        {
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
            context.Features.Set<IHttpRequestBodyDetectionFeature>(new WithBody());
        }

        if (version is { } seen)
        {
            context.Request.Headers.IfMatch = IfMatch.TagOf(seen);
        }

        await AuthoriseAsync(scope.ServiceProvider, endpoint, context, useCase);
        _accessor.HttpContext = context;
        try
        {
            await endpoint.RequestDelegate!(context);
        }
        finally
        {
            _accessor.HttpContext = null;
        }

        Interlocked.Increment(ref _steps);
        return context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status201Created
            ? JsonElement.Parse(answer.ToArray())
            : throw new DemoRefusedException($"{useCase}: {context.Response.StatusCode} {System.Text.Encoding.UTF8.GetString(answer.ToArray())}");
    }

    private static async Task AuthoriseAsync(IServiceProvider provider, Endpoint endpoint, HttpContext context, string useCase)
    {
        var policy = await AuthorizationPolicy.CombineAsync(
            provider.GetRequiredService<IAuthorizationPolicyProvider>(), endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>());
        var allowed = policy is not null && (await provider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context, policy)).Succeeded;
        if (!allowed)
        {
            throw new DemoRefusedException($"{useCase}: not allowed for {context.User.Identity?.Name}.");
        }
    }

    private sealed class WithBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
