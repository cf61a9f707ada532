using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Credit.OData;

/// <summary>Chooses what an answer is written in: <c>$format</c> goes before <c>Accept</c>, and what cannot be given is refused.</summary>
internal static class Negotiation
{
    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["json"] = "application/json",
        ["xml"] = "application/xml",
        ["csv"] = "text/csv",
        ["ndjson"] = "application/x-ndjson",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The client reads OData 4.01.</summary>
    public static bool IsModern(HttpRequest request) =>
        decimal.TryParse(request.Headers["OData-MaxVersion"].ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) && most >= 4.01m;

    /// <summary>Format of rows.</summary>
    /// <exception cref="QueryRefusedException">None of the formats wanted can be given.</exception>
    public static AnswerFormat OfRows(HttpRequest request, SetRequest options, bool onlyJson)
    {
        var modern = IsModern(request);
        foreach (var range in Wanted(request, options.Format, "application/json"))
        {
            if (Fits(range, "application/json") && Json(range) is { } json)
            {
                return json with { Modern = modern, OmitNulls = options.OmitNulls is not null };
            }

            if (!onlyJson && !range.MatchesAllTypes && IsPlainText(range) && (Fits(range, "text/csv") || Fits(range, "application/x-ndjson")))
            {
                return new(Fits(range, "text/csv") ? FormatKind.Csv : FormatKind.Ndjson, MetadataLevel.None) { Modern = modern, OmitNulls = options.OmitNulls is not null };
            }
        }

        throw Refused(options.Format, onlyJson ? "JSON" : "JSON, CSV, NDJSON");
    }

    /// <summary>Checks that a bare value can be given.</summary>
    public static void OfText(HttpRequest request, string? format)
    {
        // Clients that read JSON take the bare number for it.
        if (!Wanted(request, format, "text/plain").Any(range => Fits(range, "text/plain") && IsPlainText(range) || format is null && Fits(range, "application/json")))
        {
            throw Refused(format, "text/plain");
        }
    }

    /// <summary>True when the metadata is wanted as JSON, false as XML.</summary>
    public static bool OfMetadata(HttpRequest request, string? format)
    {
        foreach (var range in Wanted(request, format, "application/xml"))
        {
            if (Fits(range, "application/xml"))
            {
                return false;
            }

            if (Fits(range, "application/json"))
            {
                return true;
            }
        }

        throw Refused(format, "XML, JSON");
    }

    private static IEnumerable<MediaTypeHeaderValue> Wanted(HttpRequest request, string? format, string usual)
    {
        if (format is not null)
        {
            return MediaTypeHeaderValue.TryParse(Short.GetValueOrDefault(format, format), out var one) && one.MediaType.HasValue && !one.MatchesAllTypes ? [one] : [];
        }

        // A list that cannot be read asks for nothing in particular.
        return request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) || accepted.Count == 0
            ? [new MediaTypeHeaderValue(usual)]
            : accepted.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1);
    }

    private static bool Fits(MediaTypeHeaderValue range, string given) =>
        range.MatchesAllTypes || new MediaTypeHeaderValue(given).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType));

    private static bool IsPlainText(MediaTypeHeaderValue range) => range.Charset.Value is null || range.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static AnswerFormat? Json(MediaTypeHeaderValue range)
    {
        var format = AnswerFormat.Json;
        foreach (var parameter in range.Parameters)
        {
            var value = parameter.Value.ToString().Trim('"').ToLowerInvariant();
            AnswerFormat? read = parameter.Name.ToString().ToLowerInvariant() switch
            {
                "odata.metadata" or "metadata" => value switch
                {
                    "none" => format with { Metadata = MetadataLevel.None },
                    "minimal" => format with { Metadata = MetadataLevel.Minimal },
                    "full" => format with { Metadata = MetadataLevel.Full },
                    _ => null,
                },
                "ieee754compatible" => value is "true" or "false" ? format with { Ieee754Compatible = value == "true" } : null,
                "exponentialdecimals" => value is "true" or "false" ? format : null,
                "odata.streaming" or "streaming" => value is "true" or "false" ? format : null,
                "charset" => value == "utf-8" ? format : null,
                "q" => format,
                _ => null,
            };
            if (read is null)
            {
                return null;
            }

            format = read;
        }

        return format;
    }

    private static QueryRefusedException Refused(string? format, string offered) => new(
        406, "format-not-supported", format is null ? "Accept" : "$format", $"仅支持以下格式: {offered}。", $"Formats offered: {offered}.");
}
