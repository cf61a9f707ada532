using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Http;

/// <summary>One value of an enumeration.</summary>
/// <param name="Value">Value as it stands in JSON.</param>
/// <param name="Meaning">What it means, Chinese term first where the policy has one.</param>
internal sealed record EnumValue(string Value, string Meaning);

/// <summary>Pages that explain codes: <c>/enums</c> and <c>/problems/{code}</c>.</summary>
internal static class ReferencePages
{
    /// <summary>Enumerations of the domain by name in kebab case, values as in JSON; computed from the types and their doc comments.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<EnumValue>> Enumerations { get; } = Read(typeof(Refusal).Assembly);

    /// <summary>Maps the pages.</summary>
    public static void MapReferencePages(this IEndpointRouteBuilder host)
    {
        const string Reason = "Codes mean the same for everybody.";
        host.MapGet("/enums", () => TypedResults.Ok(Enumerations.Keys.Append("errors").Order(StringComparer.Ordinal).ToArray()))
            .WithName("Enums").WithSummary("Names of the enumerations").AllowAnonymousBecause(Reason);
        host.MapGet("/enums/errors", (ErrorCatalogue catalogue) => TypedResults.Ok(catalogue.All))
            .WithName("ErrorCodes").WithSummary("Every error code with its meaning and hint in Chinese and English").AllowAnonymousBecause(Reason);
        host.MapGet("/enums/{name}", (string name) => Enumerations.TryGetValue(name, out var values) ? Results.Ok(values) : Results.Problem(statusCode: StatusCodes.Status404NotFound))
            .Produces<IReadOnlyList<EnumValue>>()
            .WithName("EnumValues").WithSummary("Values of one enumeration and what they mean").AllowAnonymousBecause(Reason);
        host.MapGet("/problems/{code}", (string code, ErrorCatalogue catalogue, HttpRequest request) =>
                catalogue.Find(code) is not { } meaning ? Results.Problem(statusCode: StatusCodes.Status404NotFound)
                : request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) ? Results.Content(Page(meaning), "text/html; charset=utf-8")
                : Results.Ok(meaning))
            .Produces<ErrorMeaning>()
            .WithName("Problem").WithSummary("What one error code means").AllowAnonymousBecause(Reason);
    }

    private static string Page(ErrorMeaning meaning)
    {
        var (code, zh, en) = (WebUtility.HtmlEncode(meaning.Code), WebUtility.HtmlEncode(meaning.Zh), WebUtility.HtmlEncode(meaning.En));
        return $"""
            <!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{code}</title>
            <h1>{meaning.Status} {code}</h1>
            <p>{zh}</p><p>{WebUtility.HtmlEncode(meaning.HintZh)}</p>
            <div lang="en"><p>{en}</p><p>{WebUtility.HtmlEncode(meaning.HintEn)}</p></div>
            </html>
            """;
    }

    private static SortedDictionary<string, IReadOnlyList<EnumValue>> Read(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        var comments = File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(
                member => (string)member.Attribute("name")!, member => string.Join(' ', member.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparer.Ordinal)
            : [];
        var all = new SortedDictionary<string, IReadOnlyList<EnumValue>>(StringComparer.Ordinal);
        foreach (var type in assembly.GetExportedTypes().Where(type => type.IsEnum))
        {
            all[JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name)] =
            [
                .. Enum.GetNames(type).Select(name => new EnumValue(
                    name, comments.GetValueOrDefault($"F:{type.FullName}.{name}", ""))),
            ];
        }

        return all;
    }
}
