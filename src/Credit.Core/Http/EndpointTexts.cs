using Microsoft.AspNetCore.Builder;

namespace Credit.Core.Http;

/// <summary>What a parameter means, for the OpenAPI document.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Text">Its meaning.</param>
internal sealed record ParameterText(string Name, string Text);

/// <summary>Media types of an answer that has no schema: files, streams and pages.</summary>
/// <param name="Types">The types.</param>
internal sealed record AnswerMedia(IReadOnlyList<string> Types);

/// <summary>Codes of problems that an endpoint answers with, beside those of every endpoint.</summary>
/// <param name="Codes">Codes of the catalogue of errors.</param>
internal sealed record ProblemCodes(IReadOnlyList<string> Codes);

/// <summary>Tells the OpenAPI document what an endpoint outside <c>/api</c> is asked and answers.</summary>
internal static class EndpointTexts
{
    /// <summary>Says what a parameter means.</summary>
    public static T Explains<T>(this T endpoint, string parameter, string text)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new ParameterText(parameter, text));

    /// <summary>Names media types the answer may have beside one with a schema.</summary>
    public static T AnswersAs<T>(this T endpoint, params string[] types)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerMedia(types));

    /// <summary>Names codes of problems it answers with.</summary>
    public static T RefusesWith<T>(this T endpoint, params string[] codes)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new ProblemCodes(codes));
}
