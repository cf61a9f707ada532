using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Credit.Core.Http;

/// <summary>Says why a request is refused where the framework keeps only a status: readers of the body put it on the request.</summary>
/// <param name="Code">Code of the catalogue.</param>
/// <param name="Errors">Members at fault.</param>
internal sealed record Refused(string Code, IReadOnlyList<ProblemError>? Errors = null);

/// <summary>Writes every problem of the host: code, sentence in the language asked for, members at fault, trace id (RFC 9457).</summary>
internal sealed class ProblemWriter(ErrorCatalogue catalogue, IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    /// <summary>Media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Always: a problem is written as JSON whatever the caller accepts, for an error without a body explains nothing.</summary>
    public bool CanWrite(ProblemDetailsContext context) => true;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = Complete(http, context.ProblemDetails);
        http.Response.StatusCode = problem.Status!.Value;
        if (http.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase))
        {
            await WriteForODataAsync(http, problem);
            return;
        }

        http.Response.Headers.ContentLanguage = http.Request.WantsEnglish() ? "en" : "zh-CN";
        http.Response.Headers.Append("Vary", "Accept-Language");
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(problem, json.Value.SerializerOptions, MediaType, http.RequestAborted);
    }

    // Clients of the feeds read one shape of error, wherever on the way it arose.
    private async Task WriteForODataAsync(HttpContext http, ProblemDetails problem)
    {
        var code = (string)problem.Extensions["code"]!;
        var meaning = catalogue.Find(code);
        http.Response.Headers["OData-Version"] = "4.0";
        http.Response.Headers.CacheControl = "no-store";
        var language = http.Request.AskedLanguage();
        http.Response.Headers.ContentLanguage = language ?? "zh-CN, en";
        http.Response.Headers.Append("Vary", "Accept-Language");
        if (problem.Status == StatusCodes.Status405MethodNotAllowed)
        {
            // The router adds up the methods of every address of the feeds; of one of them only these are answered.
            var path = http.Request.Path.Value ?? "";
            http.Response.Headers.Allow = path.EndsWith("/$batch", StringComparison.Ordinal) || path.EndsWith("/$query", StringComparison.Ordinal) ? "POST" : "GET, HEAD";
        }

        var message = meaning is null ? problem.Title : language switch { "en" => meaning.En, "zh-CN" => meaning.Zh, _ => $"{meaning.Zh} {meaning.En}" };
        var error = new { code, message, details = Array.Empty<object>() };
        await http.Response.WriteAsJsonAsync(new { error }, json.Value.SerializerOptions, "application/json; charset=utf-8", http.RequestAborted);
    }

    private ProblemDetails Complete(HttpContext http, ProblemDetails given)
    {
        var status = given.Status ?? http.Response.StatusCode;
        var refused = http.Features.Get<Refused>();
        var code = given.Extensions.TryGetValue("code", out var named) && named is string text ? text
            : given is HttpValidationProblemDetails ? "invalid-member"
            : refused is not null && status < 500 ? refused.Code
            : ErrorCatalogue.CodeOf(status);
        var english = http.Request.WantsEnglish();
        var meaning = catalogue.Find(code);
        var errors = ErrorsOf(given) ?? refused?.Errors ?? [];
        var problem = new ProblemDetails
        {
            Type = $"/problems/{code}",
            Title = meaning is null ? given.Title : english ? meaning.En : meaning.Zh,
            Status = status,
        };
        var sentence = errors.Count == 0 ? null : english ? errors[0].En : errors[0].Zh;
        // An answer of our own fault says nothing that was not written for it.
        problem.Detail = (status >= 500 ? null : given.Detail ?? sentence)
            ?? (meaning is null ? problem.Title : english ? meaning.HintEn : meaning.HintZh);
        foreach (var (key, value) in given.Extensions.Where(extension => extension.Key is not ("code" or "errors" or "traceId")))
        {
            problem.Extensions[key] = value;
        }

        problem.Extensions["code"] = code;
        problem.Extensions["errors"] = errors.Select(error => Told(error, english)).ToArray();
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        return problem;
    }

    private ToldError Told(ProblemError error, bool english)
    {
        var meaning = catalogue.Find(error.Code);
        return new(
            error.Code, error.Pointer, error.Clause, english ? error.En : error.Zh, english ? meaning?.HintEn : meaning?.HintZh, error.Zh, error.En);
    }

    private static IReadOnlyList<ProblemError>? ErrorsOf(ProblemDetails given) => given switch
    {
        HttpValidationProblemDetails shape => [.. shape.Errors.SelectMany(member => member.Value.Select(message => new ProblemError(
            "invalid-member", PointerTo(member.Key), "RFC 9457", "该字段不符合要求。", message)))],
        _ when given.Extensions.TryGetValue("errors", out var errors) => errors as IReadOnlyList<ProblemError>,
        _ => null,
    };

    private static string PointerTo(string member) =>
        "/" + string.Join('/', member.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private sealed record ToldError(string Code, string? Pointer, string Clause, string Detail, string? Hint, string Zh, string En);
}
