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

    /// <summary>
    /// A content type without its charset, where none is asked for (Protocol 8.2.1). Nobody takes JSON and XML for anything but UTF-8; a bare text
    /// keeps it where no type of text is asked for, because browsers take it for something else.
    /// </summary>
    public static string WithCharsetAsked(HttpRequest request, string type)
    {
        const string Charset = "; charset=utf-8";
        var format = FormatOf(request);
        var ranges = format is not null || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) ? [] : accepted;
        var asked = format?.Contains("charset", StringComparison.OrdinalIgnoreCase) == true || ranges.Any(range => range.Charset.HasValue);
        var open = type.StartsWith("text/", StringComparison.Ordinal) && format is null && ranges.All(range => !range.MediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || range.MatchesAllSubTypes);
        return asked || open ? type : type.Replace(Charset, "", StringComparison.Ordinal);
    }

    // $format goes before the header, also where the rest of the address cannot be read.
    private static string? FormatOf(HttpRequest request) =>
        request.Query.FirstOrDefault(option => option.Key.TrimStart('$').Equals("format", StringComparison.OrdinalIgnoreCase)).Value.ToString() is { Length: > 0 } format ? format : null;

    /// <summary>Refuses where UTF-8 is none of the character sets accepted.</summary>
    /// <exception cref="QueryRefusedException">It is not.</exception>
    private static void OfCharset(HttpRequest request)
    {
        if (request.Headers.AcceptCharset.Count > 0 && StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptCharset, out var accepted) && accepted.Count > 0
            && !accepted.Any(each => each.Quality is not 0 && (each.Value == "*" || each.Value.Equals("utf-8", StringComparison.OrdinalIgnoreCase))))
        {
            throw new QueryRefusedException(406, "format-not-supported", "Accept-Charset", "仅支持 UTF-8。", "Answers are in UTF-8 only.");
        }
    }

    /// <summary>Checks that a bare value can be given.</summary>
    public static void OfText(HttpRequest request, string? format)
    {
        // Clients that read JSON take the bare number for it.
        if (!Wanted(request, format, "text/plain").Any(range => Fits(range, "text/plain") && IsPlainText(range) || format is null && Fits(range, "application/json") && Json(range) is not null))
        {
            throw Refused(format, "text/plain");
        }
    }

    /// <summary>True when the metadata is wanted as JSON, false as XML.</summary>
    public static bool OfMetadata(HttpRequest request, string? format)
    {
        foreach (var range in Wanted(request, format, "application/xml"))
        {
            if (Fits(range, "application/xml") && IsPlainText(range))
            {
                return false;
            }

            if (Fits(range, "application/json") && Json(range) is not null)
            {
                return true;
            }
        }

        throw Refused(format, "XML, JSON");
    }

    private static IEnumerable<MediaTypeHeaderValue> Wanted(HttpRequest request, string? format, string usual)
    {
        OfCharset(request);
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

    // Formats with parameters that are not known are to be refused; header=present says of CSV what is so anyway.
    private static bool IsPlainText(MediaTypeHeaderValue range) => range.Parameters.All(parameter => parameter.Name.ToString().ToLowerInvariant() switch
    {
        "charset" => parameter.Value.ToString().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase),
        "header" => range.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) && parameter.Value.ToString().Trim('"').Equals("present", StringComparison.OrdinalIgnoreCase),
        "q" => true,
        _ => false,
    });

    /// <summary>A range of JSON whose parameters are all known.</summary>
    public static bool IsJson(MediaTypeHeaderValue range) => Fits(range, "application/json") && Json(range) is not null;

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
