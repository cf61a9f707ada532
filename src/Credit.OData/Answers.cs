using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Credit.OData;

/// <summary>An answer, whole before its first byte leaves.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Answer(string ContentType, ReadOnlyMemory<byte> Body);

/// <summary>Writes answers and errors of the feeds.</summary>
internal static class Answers
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Values = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Answer List<TRow>(string about, PropertyInfo[] columns, IReadOnlyList<TRow> rows, int? count, string? next) =>
        Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", about);
            if (count is { } number)
            {
                json.WriteNumber("@odata.count", number);
            }

            json.WriteStartArray("value");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                WriteColumns(json, columns, row!);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (next is not null)
            {
                json.WriteString("@odata.nextLink", next);
            }

            json.WriteEndObject();
        });

    public static Answer Row(string about, PropertyInfo[] columns, object row) =>
        Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("@odata.context", about);
            WriteColumns(json, columns, row);
            json.WriteEndObject();
        });

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

    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write) => SendAsync(context, status, Json(write));

    public static async Task SendAsync(HttpContext context, int status, Answer answer)
    {
        Prepare(context, status, answer.ContentType);
        context.Response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    // Built whole before the first byte leaves: a fault while writing is a clean error, not a body cut off.
    private static Answer Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            write(json);
        }

        return new("application/json; odata.metadata=minimal; charset=utf-8", buffer.WrittenMemory);
    }

    private static void Prepare(HttpContext context, int status, string contentType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers["OData-Version"] = "4.0";
        context.Response.Headers.CacheControl = "no-store";
    }

    private static void WriteColumns(Utf8JsonWriter json, PropertyInfo[] columns, object row)
    {
        foreach (var column in columns)
        {
            json.WritePropertyName(column.Name);
            JsonSerializer.Serialize(json, column.GetValue(row), column.PropertyType, Values);
        }
    }
}
