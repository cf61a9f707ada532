using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Credit.Core.Http;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;

namespace Credit.OData;

/// <summary>An answer, whole before its first byte leaves.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Answer(string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>There is nothing to show, and that is no error.</summary>
    public static readonly Answer Nothing = new("", ReadOnlyMemory<byte>.Empty);

    /// <summary>Address of the next page where the body has no place for it.</summary>
    public string? Next { get; init; }

    /// <summary>Its entity tag, where it is made of more than the body.</summary>
    public string? Tag { get; init; }

    /// <summary>The rented memory its body lies in, given back when it has left; null when it lies in its own.</summary>
    public AnswerBuffer? Lent { get; init; }

    /// <summary>The same answer in memory of its own, to be kept.</summary>
    public Answer Owned() => Lent is null ? this : this with { Body = Body.ToArray(), Lent = null };

    /// <summary>OData version it is written in, where the request alone does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>Preferences of the client that it honours.</summary>
    public string? Applied { get; init; }
}

/// <summary>Writes answers and errors of the feeds.</summary>
internal static class Answers
{
    public static Task WriteErrorAsync(HttpContext context, int status, string code, string? target, string chinese, string english) =>
        SendAsync(context, status, Error(context, code, target, chinese, english));

    /// <summary>An error in the language asked for; in both where none is.</summary>
    public static Answer Error(HttpContext context, string code, string? target, string chinese, string english) => Json(AnswerFormat.Json with { Modern = Negotiation.IsModern(context.Request) }, json =>
    {
        var language = context.Request.AskedLanguage();

        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", language switch { "en" => english, "zh-CN" => chinese, _ => $"{chinese} {english}" });
        if (target is not null)
        {
            json.WriteString("target", target);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A bare number of rows.</summary>
    public static Answer Number(long number) => Text(number.ToString(CultureInfo.InvariantCulture));

    public static Answer Text(string text) => new("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static async Task SendAsync(HttpContext context, int status, Answer answer, string caching = "no-store")
    {
        Prepare(context, status, caching);
        if (status == StatusCodes.Status304NotModified)
        {
            return;
        }

        if (ReferenceEquals(answer, Answer.Nothing))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (answer.Applied is { } applied)
        {
            context.Response.Headers["Preference-Applied"] = applied;
        }

        context.Response.Headers["OData-Version"] = answer.Version ?? VersionFor(context.Request);
        context.Response.ContentType = Negotiation.WithCharsetAsked(context.Request, answer.ContentType);
        context.Response.ContentLength = answer.Body.Length;
        if (answer.Next is { } next)
        {
            context.Response.Headers.Append("Link", $"<{next}>; rel=\"next\"");
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    /// <summary>The OData version of an answer.</summary>
    public static string VersionFor(HttpRequest request) => Negotiation.IsModern(request) ? "4.01" : "4.0";

    // Built whole before the first byte leaves: a fault while writing is a clean error, not a body cut off.
    public static Answer Json(AnswerFormat format, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Writing))
        {
            write(json);
        }

        return new(format.ContentType, buffer.WrittenMemory);
    }

    private static void Prepare(HttpContext context, int status, string caching)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["OData-Version"] = VersionFor(context.Request);
        context.Response.Headers.CacheControl = caching;
        context.Response.Headers.Vary = status < 400 ? "Accept, Authorization, OData-MaxVersion, Prefer" : "Accept, Accept-Language, Authorization, OData-MaxVersion, Prefer";
        if (status >= 400)
        {
            context.Response.Headers.ContentLanguage = context.Request.AskedLanguage() ?? "zh-CN, en";
        }
    }
}
