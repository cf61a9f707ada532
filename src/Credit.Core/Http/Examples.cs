using Microsoft.AspNetCore.Builder;

namespace Credit.Core.Http;

/// <summary>What a real request and its answer look like, shown in the documents.</summary>
/// <param name="Request">Body of the request; null when the generated one is good enough.</param>
/// <param name="Response">Body of the answer; null when the generated one is good enough.</param>
internal sealed record OperationExample(object? Request, object? Response);

/// <summary>Declares examples on endpoints.</summary>
internal static class Examples
{
    /// <summary>Shows these bodies in the documents instead of generated ones.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoint, object? request = null, object? response = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OperationExample(request, response));
}
