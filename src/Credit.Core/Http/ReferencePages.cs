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

/// <summary>Terms of reuse.</summary>
/// <param name="Clause">Clause they rest on.</param>
/// <param name="Zh">The terms in Chinese.</param>
/// <param name="En">The same in English.</param>
internal sealed record TermsView(string Clause, IReadOnlyList<string> Zh, IReadOnlyList<string> En);

/// <summary>Pages that explain codes: <c>/enums</c> and <c>/problems/{code}</c>.</summary>
internal static class ReferencePages
{
    /// <summary>Enumerations of the domain by name in kebab case, values as in JSON; computed from the types and their doc comments.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<EnumValue>> Enumerations { get; } = Read(typeof(Refusal).Assembly);

    /// <summary>Address of the terms of reuse, named by every answer of the public feeds.</summary>
    public const string Terms = "/terms";

    /// <summary>Associations and credit agencies may merge public entries with lists of their own and publish them, on these terms (R-3.2.4.i).</summary>
    private static readonly TermsView TermsOfReuse = new(
        "R-3.2.4.i",
        [
            "可采集、核实、整合并公示本平台公开的名单信息。",
            "公示时须注明来源部门和数据截至时间(Credit-As-Of)。",
            "名单退出、更正或有效期届满的，应同步停止公示或更正。",
            "不得还原、补全自然人的姓名和证件号码。",
        ],
        [
            "Public entries may be collected, verified, merged with lists of one's own and published.",
            "Name the recognising department and the instant the data are as of (Credit-As-Of).",
            "Stop showing, or correct, what has left its list, was corrected, or whose term is over.",
            "Do not restore names or identifiers of natural persons.",
        ]);

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
        host.MapGet(Terms, () => TypedResults.Ok(TermsOfReuse))
            .WithName("Terms").WithSummary("Terms under which the public feeds may be collected, verified, merged and published again").AllowAnonymousBecause(Reason);
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
