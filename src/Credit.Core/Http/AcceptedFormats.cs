using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Credit.Core.Http;

/// <summary>Answers 406 under <c>/api</c> when none of the formats a caller accepts can be given, before anything is changed.</summary>
internal sealed class AcceptedFormats(RequestDelegate next)
{
    private static readonly MediaTypeHeaderValue[] Always = [new("application/json"), new(ProblemWriter.MediaType)];

    /// <summary>Compares <c>Accept</c> with what the endpoint produces.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Request.Headers.Accept.Count == 0
            || !MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var accepted)
            || Produced(context.GetEndpoint()).Any(type => accepted.Any(range => range.Quality != 0 && (range.MatchesAllTypes || type.IsSubsetOf(WithoutParameters(range))))))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
        return Task.CompletedTask;
    }

    private static IEnumerable<MediaTypeHeaderValue> Produced(Endpoint? endpoint) => Always.Concat(
        (endpoint?.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>() ?? [])
            .SelectMany(answer => answer.ContentTypes)
            .Select(type => MediaTypeHeaderValue.TryParse(type, out var parsed) ? WithoutParameters(parsed) : null)
            .OfType<MediaTypeHeaderValue>());

    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue type) => new(type.MediaType);
}
