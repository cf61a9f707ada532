using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Credit.OData;

/// <summary>Writes answers and errors of the feeds.</summary>
internal static class Answers
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Values = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteListAsync<TRow>(HttpContext context, string about, PropertyInfo[] columns, IReadOnlyList<TRow> rows, int? count, string? next) =>
        WriteAsync(context, StatusCodes.Status200OK, json =>
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

    public static Task WriteRowAsync(HttpContext context, string about, PropertyInfo[] columns, object row) =>
        WriteAsync(context, StatusCodes.Status200OK, json =>
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

    public static async Task WriteTextAsync(HttpContext context, string text)
    {
        Prepare(context, StatusCodes.Status200OK, "text/plain; charset=utf-8");
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        // Built whole before the first byte leaves: a fault while writing is a clean error, not a body cut off.
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        await using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            write(json);
        }

        Prepare(context, status, "application/json; odata.metadata=minimal; charset=utf-8");
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
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
