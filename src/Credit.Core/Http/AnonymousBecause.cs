using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Http;

/// <summary>Opens an endpoint to anyone, and says why that is right.</summary>
/// <param name="reason">Reason for a reviewer.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class AnonymousBecauseAttribute(string reason) : Attribute, IAllowAnonymous
{
    /// <summary>Reason for a reviewer.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Deny by default: an endpoint that names neither a policy nor a reason to be open stops the start.</summary>
internal static class EndpointAccess
{
    /// <summary>Opens the endpoint to anyone.</summary>
    public static TBuilder AllowAnonymousBecause<TBuilder>(this TBuilder endpoint, string reason)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnonymousBecauseAttribute(reason));

    /// <summary>Names of the policies of the house.</summary>
    public static IReadOnlySet<string> Policies { get; } = typeof(Access).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Endpoints without a named policy or a reason to be open.</summary>
    public static IReadOnlyList<string> Unguarded(IEnumerable<Endpoint> endpoints) =>
    [
        .. from endpoint in endpoints
           where !IsGuarded(endpoint)
           select endpoint is RouteEndpoint route ? $"{endpoint.DisplayName} ({route.RoutePattern.RawText})" : endpoint.DisplayName ?? "?",
    ];

    /// <summary>Stops the start when an endpoint is unguarded.</summary>
    /// <exception cref="InvalidOperationException">Names the endpoints.</exception>
    public static void ThrowIfUnguarded(IEnumerable<Endpoint> endpoints)
    {
        if (Unguarded(endpoints) is { Count: > 0 } unguarded)
        {
            throw new InvalidOperationException(
                "下列端点既未指定访问策略，也未说明为何公开。 These endpoints name neither an access policy nor a reason to be open: " + string.Join("; ", unguarded));
        }
    }

    private static bool IsGuarded(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint)
        {
            return false;
        }

        var open = endpoint.Metadata.GetOrderedMetadata<IAllowAnonymous>();
        return open.Count > 0
            ? open.All(allowed => allowed is AnonymousBecauseAttribute { Reason.Length: > 0 })
            : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => rule.Policy is { } policy && Policies.Contains(policy));
    }
}
