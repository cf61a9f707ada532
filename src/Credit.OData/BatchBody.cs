using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Credit.OData;

/// <summary>Bodies of batches, in and out.</summary>
internal static class BatchBody
{
    private const int MostHeaders = 40;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The body of a request; null when it is longer than allowed.</summary>
    public static async Task<byte[]?> BytesAsync(HttpContext context, int most)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > most)
            {
                return null;
            }
        }

        return whole.ToArray();
    }

    /// <inheritdoc cref="BytesAsync"/>
    /// <exception cref="QueryRefusedException">It is not UTF-8.</exception>
    public static async Task<string?> TextAsync(HttpContext context, int most)
    {
        try
        {
            return await BytesAsync(context, most) is { } bytes ? Strict.GetString(bytes).Trim() : null;
        }
        catch (DecoderFallbackException)
        {
            throw QueryRefusedException.Invalid("$query");
        }
    }

    /// <summary>Reads a JSON batch.</summary>
    /// <exception cref="QueryRefusedException">It is not one.</exception>
    public static IReadOnlyList<BatchRequest> ReadJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("requests", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                throw Malformed();
            }

            List<BatchRequest> requests = [];
            var names = new HashSet<string>(StringComparer.Ordinal);
            var groups = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in list.EnumerateArray())
            {
                var request = ReadJson(item);
                var known = request.DependsOn.All(name => names.Contains(name) || groups.Contains(name));
                var torn = request.Group is { } group && groups.Contains(group) && requests[^1].Group != group;
                if (!known || torn || !names.Add(request.Id!) || groups.Contains(request.Id!) || request.Group is not null && names.Contains(request.Group))
                {
                    throw Malformed();
                }

                if (request.Group is not null)
                {
                    groups.Add(request.Group);
                }

                requests.Add(request);
            }

            return requests;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Malformed();
        }
    }

    private static BatchRequest ReadJson(JsonElement item)
    {
        string? Text(string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (item.TryGetProperty("headers", out var given))
        {
            foreach (var header in given.EnumerateObject())
            {
                AddHeader(headers, header.Name, header.Value.GetString() ?? "");
            }
        }

        return Text("id") is { Length: > 0 } id && Text("method") is { Length: > 0 } method && Text("url") is { Length: > 0 } url && IsPrintable(url)
            ? new(
                id, method.ToUpperInvariant(), url, headers, Text("atomicityGroup"),
                item.TryGetProperty("dependsOn", out var depends) ? [.. depends.EnumerateArray().Select(each => each.GetString() ?? throw Malformed())] : [],
                item.TryGetProperty("if", out _),
                item.TryGetProperty("body", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null)
            : throw Malformed();
    }

    /// <summary>Reads a multipart batch. A change set is a group.</summary>
    /// <exception cref="QueryRefusedException">It is not one.</exception>
    public static async Task<IReadOnlyList<BatchRequest>> ReadMultipartAsync(byte[] body, string? boundary)
    {
        if (boundary is not { Length: > 0 and <= 70 } || body.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"--{boundary}--")) < 0)
        {
            throw Malformed();
        }

        try
        {
            using var stream = new MemoryStream(body);
            var reader = new MultipartReader(boundary, stream) { HeadersCountLimit = MostHeaders };
            List<BatchRequest> requests = [];
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                var type = MediaTypeHeaderValue.Parse(section.ContentType);
                if (type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase))
                {
                    using var inner = new MemoryStream();
                    await section.Body.CopyToAsync(inner);
                    var group = $"changeset-{requests.Count}";
                    requests.AddRange((await ReadMultipartAsync(inner.ToArray(), HeaderUtilities.RemoveQuotes(type.Boundary).Value)).Select(request => request with { Group = group }));
                    continue;
                }

                if (!type.MediaType.Equals("application/http", StringComparison.OrdinalIgnoreCase))
                {
                    throw Malformed();
                }

                using var text = new StreamReader(section.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
                requests.Add(ReadHttp(await text.ReadToEndAsync(), section.Headers?.TryGetValue("Content-ID", out var id) == true ? id.ToString() : null));
            }

            return requests;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException or ArgumentException)
        {
            throw Malformed();
        }
    }

    private static BatchRequest ReadHttp(string text, string? id)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\n').Split('\n');
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } url, ['H', 'T', 'T', 'P', '/', '1', '.', _]] || !IsPrintable(url))
        {
            throw Malformed();
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1).TakeWhile(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            AddHeader(headers, colon > 0 ? line[..colon] : throw Malformed(), line[(colon + 1)..].Trim());
        }

        var rest = lines.Skip(1).SkipWhile(line => line.Length > 0).Skip(1);
        return new(id, method.ToUpperInvariant(), url, headers, null, []) { Body = string.Join('\n', rest).Trim() };
    }

    private static void AddHeader(Dictionary<string, string> headers, string name, string value)
    {
        if (headers.Count == MostHeaders || name.Length == 0 || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            || value.Any(char.IsControl) || !headers.TryAdd(name, value))
        {
            throw Malformed();
        }
    }

    private static bool IsPrintable(string url) => url.Length <= 8000 && !url.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter));

    private static QueryRefusedException Malformed() => new(400, "batch-malformed", "$batch", "批量请求格式错误。", "The batch is malformed.");

    /// <summary>Answers as one JSON document.</summary>
    public static Answer WriteJson(IReadOnlyList<BatchAnswer> answers, bool modern) => Answers.Json(AnswerFormat.Json with { Modern = modern }, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("responses"u8);
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, answer.Request.Id ?? "");
            if (answer.Request.Group is { } group)
            {
                json.WriteString("atomicityGroup"u8, group);
            }

            json.WriteNumber("status"u8, answer.Status);
            json.WriteStartObject("headers"u8);
            foreach (var (name, value) in answer.Headers)
            {
                json.WriteString(name.ToLowerInvariant(), value);
            }

            json.WriteEndObject();
            WriteBody(json, answer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteBody(Utf8JsonWriter json, BatchAnswer answer)
    {
        if (answer.Body.Length == 0)
        {
            return;
        }

        json.WritePropertyName("body"u8);
        if (answer.Headers.Any(header => header.Key == "Content-Type" && header.Value.StartsWith("application/json", StringComparison.Ordinal)))
        {
            json.WriteRawValue(answer.Body);
        }
        else
        {
            json.WriteStringValue(answer.Body);
        }
    }

    /// <summary>Answers as parts. Of a change set that failed there is one answer.</summary>
    public static Answer WriteMultipart(IReadOnlyList<BatchAnswer> answers)
    {
        var boundary = "batchresponse_" + Guid.CreateVersion7().ToString("N");
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        void Line(string text = "") => Encoding.UTF8.GetBytes(text + "\r\n", output);
        for (var i = 0; i < answers.Count;)
        {
            var unit = answers.Skip(i).TakeWhile((answer, at) => at == 0 || (answer.Request.Group is not null && answer.Request.Group == answers[i].Request.Group)).ToList();
            i += unit.Count;
            Line("--" + boundary);
            if (unit[0].Request.Group is null || unit.Exists(answer => answer.Status >= 400))
            {
                Part(unit.Find(answer => answer.Status >= 400 && answer.Status != 424) ?? unit[0]);
                continue;
            }

            var inner = "changesetresponse_" + Guid.CreateVersion7().ToString("N");
            Line($"Content-Type: multipart/mixed; boundary={inner}");
            Line();
            foreach (var answer in unit)
            {
                Line("--" + inner);
                Part(answer);
            }

            Line($"--{inner}--");
        }

        Line($"--{boundary}--");
        return new($"multipart/mixed; boundary={boundary}", output.WrittenMemory);

        void Part(BatchAnswer answer)
        {
            Line("Content-Type: application/http");
            Line("Content-Transfer-Encoding: binary");
            if (answer.Request.Id is { } id)
            {
                Line("Content-ID: " + id);
            }

            Line();
            Line(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}"));
            foreach (var (name, value) in answer.Headers)
            {
                Line($"{name}: {value}");
            }

            Line(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}"));
            Line();
            output.Write(answer.Body);
            Line();
        }
    }
}
