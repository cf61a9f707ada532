using System.Text;
using Credit.Abstractions;
using Microsoft.AspNetCore.Http;

namespace Credit.OData;

/// <summary><c>POST Set/$query</c>: the options stand in the body, as they would in the address.</summary>
internal static class QueryInBody
{
    /// <summary>How such a path ends.</summary>
    public const string Segment = "/$query";

    /// <summary>Longest body, in bytes.</summary>
    public const int Most = 8000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="QueryRefusedException">The body is not plain text.</exception>
    public static void CheckType(HttpRequest request)
    {
        if (!request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ?? true)
        {
            throw new QueryRefusedException(415, "format-not-supported", "Content-Type", "查询正文应为 text/plain。", "The query is sent as text/plain.");
        }
    }

    /// <summary>Answers as if the options stood in the address.</summary>
    /// <param name="context">The request.</param>
    /// <param name="surface">The surface.</param>
    /// <param name="path">Path from the root of the surface, ending with the segment.</param>
    /// <param name="body">The options.</param>
    public static Task AnswerAsync(HttpContext context, Surface surface, string path, string body)
    {
        CheckType(context.Request);
        if (body.Length > Most)
        {
            throw QueryRefusedException.TooMuch("$query", $"{Most}");
        }

        var query = context.Request.QueryString.Value is { Length: > 1 } already ? already + "&" + body : "?" + body;
        context.Request.Method = HttpMethods.Get;
        context.Request.QueryString = new QueryString(query);
        context.Request.Path = context.Request.Path.Value![..^Segment.Length];
        return Feed.AnswerAsync(context, surface, path[..^Segment.Length], query);
    }

    /// <summary>Every percent sign begins an octet, and the octets are UTF-8. Anything else would be read as something nobody wrote.</summary>
    public static bool IsWellEncoded(string text)
    {
        List<byte> octets = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                octets.Add((byte)'.');
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                octets.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                return false;
            }
        }

        try
        {
            Strict.GetCharCount([.. octets]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
