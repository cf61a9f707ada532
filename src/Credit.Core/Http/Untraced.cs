using Microsoft.AspNetCore.Builder;

namespace Credit.Core.Http;

/// <summary>Requests to this endpoint leave no line in the log: not even that somebody of a department called, or when (X6).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UntracedAttribute : Attribute;

/// <summary>Declares it.</summary>
internal static class UntracedEndpoints
{
    /// <summary>Keeps requests to the endpoint out of the log.</summary>
    public static TBuilder Untraced<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new UntracedAttribute());
}
