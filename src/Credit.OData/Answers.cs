using System.Buffers;
using System.Text;
using System.Text.Json;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;

namespace Credit.OData;

/// <summary>An answer, whole before its first byte leaves.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Answer(string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Address of the next page where the body has no place for it.</summary>
    public string? Next { get; init; }
}

/// <summary>Writes answers and errors of the feeds.</summary>
internal static class Answers
{
    /// <summary>A list, or one page of it.</summary>
    /// <param name="format">Its form.</param>
    /// <param name="place">Where the rows live; null where they have no addresses.</param>
    /// <param name="context">Its context.</param>
    /// <param name="layout">Columns of the rows.</param>
    /// <param name="rows">The rows, objects of the row type.</param>
    /// <param name="count">Number of all rows; null when it was not asked for.</param>
    /// <param name="next">Address of the next page.</param>
    /// <param name="delta">Address of the changes since.</param>
    /// <param name="inside">What is expanded inside a row.</param>
    public static Answer List<TRow>(
        AnswerFormat format, Place? place, string context, RowLayout layout, IEnumerable<TRow> rows, long? count, string? next,
        string? delta = null, Func<TRow, Action<Utf8JsonWriter>>? inside = null)
        where TRow : class
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var answer = AnswerWriter.For(format, place, layout, buffer))
        {
            answer.Begin(context, count);
            foreach (var row in rows)
            {
                answer.Row(new ObjectCells(row, layout), inside?.Invoke(row));
            }

            answer.End(next, delta);
        }

        return new(format.ContentType, buffer.WrittenMemory) { Next = format.Kind == FormatKind.Json ? null : next };
    }

    /// <summary>One row.</summary>
    /// <inheritdoc cref="List{TRow}"/>
    public static Answer Row(AnswerFormat format, Place? place, string context, RowLayout layout, object row, Action<Utf8JsonWriter>? inside = null)
    {
        if (format.Kind != FormatKind.Json)
        {
            return List<object>(format, place, context, layout, [row], null, null);
        }

        return Json(format, json => JsonRows.Write(json, format, place, layout, new ObjectCells(row, layout), context, inside));
    }

    public static Task WriteErrorAsync(HttpContext context, int status, string code, string? target, string chinese, string english) =>
        WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", $"{chinese} {english}");
            if (target is not null)
            {
                json.WriteString("target", target);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    public static Answer Text(string text) => new("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write) => SendAsync(context, status, Json(AnswerFormat.Json, write));

    public static async Task SendAsync(HttpContext context, int status, Answer answer)
    {
        Prepare(context, status, answer.ContentType);
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

    // Built whole before the first byte leaves: a fault while writing is a clean error, not a body cut off.
    private static Answer Json(AnswerFormat format, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Writing))
        {
            write(json);
        }

        return new(format.ContentType, buffer.WrittenMemory);
    }

    private static void Prepare(HttpContext context, int status, string contentType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers["OData-Version"] = "4.0";
        context.Response.Headers.CacheControl = "no-store";
    }
}
