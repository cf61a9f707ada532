using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Credit.Core.Tests.OData;

/// <summary>What came back over the wire.</summary>
public sealed record FeedAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public IReadOnlyList<JsonElement> Rows => [.. Json.GetProperty("value").EnumerateArray()];

    public string? NextLink => Json.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;

    public string ErrorCode => Json.GetProperty("error").GetProperty("code").GetString()!;

    /// <summary>One request on one connection, as written.</summary>
    public static Task<FeedAnswer> AskAsync(Uri address, string method, string target, params (string Name, string Value)[] headers) =>
        SendAsync(address, method, target, "", headers);

    /// <summary>One request with a body.</summary>
    public static async Task<FeedAnswer> SendAsync(Uri address, string method, string target, string body, params (string Name, string Value)[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        var head = new StringBuilder().Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\nHost: ").Append(address.Authority).Append("\r\nConnection: close\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (method is "POST" or "PUT" or "PATCH")
        {
            head.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(body));
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return Read(bytes.ToArray());
    }

    private static FeedAnswer Read(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(pair => pair[1])), StringComparer.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        return new FeedAnswer(int.Parse(lines[0].Split(' ')[1]), headers, Encoding.UTF8.GetString(headers.ContainsKey("Transfer-Encoding") ? Unchunked(body) : body));
    }

    private static byte[] Unchunked(byte[] body)
    {
        using var whole = new MemoryStream();
        var at = 0;
        while (true)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            var size = Convert.ToInt32(Encoding.Latin1.GetString(body, at, line), 16);
            if (size == 0)
            {
                return whole.ToArray();
            }

            whole.Write(body, at + line + 2, size);
            at += line + 2 + size + 2;
        }
    }
}
