using System.Security.Claims;
using System.Text.Json;
using Credit.Core.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Model;

/// <summary>What a use case answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The answer, or the problem.</param>
internal sealed record UseCaseAnswer(int Status, JsonElement Body)
{
    public bool Accepted => Status is StatusCodes.Status200OK or StatusCodes.Status201Created;

    /// <summary>Codes of the problem; none when it was done.</summary>
    public IReadOnlyList<string> Codes => Accepted ? []
        : Status == StatusCodes.Status404NotFound ? ["not-found"]
        : Body.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0
            ? [.. errors.EnumerateArray().Select(error => error.GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal)]
            : [Body.GetProperty("code").GetString()!];
}

/// <summary>Asks the real use cases in-process: endpoint, access policy, body binding and database as in production, only no socket in between.</summary>
internal sealed class UseCaseDesk(IServiceProvider services)
{
    private readonly Dictionary<string, RouteEndpoint> _useCases = services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
        .DistinctBy(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName)
        .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName);

    private readonly IHttpContextAccessor _accessor = services.GetRequiredService<IHttpContextAccessor>();

    public async Task<UseCaseAnswer> AskAsync(ClaimsPrincipal caller, string useCase, object? body, object? about = null, int? version = null)
    {
        var endpoint = _useCases[useCase];
        await using var scope = services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = caller };
        context.SetEndpoint(endpoint);
        context.Request.Method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];
        context.Response.Body = answer;
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            context.Request.RouteValues[parameter.Name] = about?.ToString();
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

        var policy = await AuthorizationPolicy.CombineAsync(
            scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>(), endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>());
        if (!(await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(caller, context, policy!)).Succeeded)
        {
            return new(StatusCodes.Status403Forbidden, JsonElement.Parse("""{"code":"forbidden"}"""));
        }

        _accessor.HttpContext = context;
        try
        {
            await endpoint.RequestDelegate!(context);
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception);
            return failure.Status >= 500
                ? throw new InvalidOperationException($"{useCase} failed: {exception.Message}", exception)
                : new(failure.Status, JsonSerializer.SerializeToElement(new { code = failure.Refused.Code }));
        }
        finally
        {
            _accessor.HttpContext = null;
        }

        return new(context.Response.StatusCode, answer.Length == 0 ? default : JsonElement.Parse(answer.ToArray()));
    }

    private sealed class WithBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
