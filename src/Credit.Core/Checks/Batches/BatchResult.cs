using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Credit.Core.Checks.Batches;

/// <summary>Sends a batch's answer: one JSON document, or a line for the head and one for each row (NDJSON), as the caller accepts.</summary>
/// <param name="head">Head of the answer, as JSON.</param>
/// <param name="batch">The rows.</param>
internal sealed class BatchResult(string head, CheckBatch batch) : IResult
{
    /// <summary>Media type of lines.</summary>
    public const string Lines = "application/x-ndjson";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lines = WantsLines(httpContext.Request);
        httpContext.Response.ContentType = lines ? Lines : "application/json; charset=utf-8";
        var (to, cancel) = (httpContext.Response.Body, httpContext.RequestAborted);
        await to.WriteAsync(Encoding.UTF8.GetBytes(lines ? head + "\n" : head[..^1] + ",\"rows\":["), cancel);
        await using var rows = new GZipStream(new MemoryStream(batch.Answer, writable: false), CompressionMode.Decompress);
        if (lines)
        {
            await rows.CopyToAsync(to, cancel);
        }
        else
        {
            await SeparatedAsync(rows, to, cancel);
            await to.WriteAsync("]}"u8.ToArray(), cancel);
        }
    }

    // A line end occurs in no row: between two of them it becomes a comma, after the last nothing.
    private static async Task SeparatedAsync(Stream rows, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        var ended = false;
        while (await rows.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (ended)
            {
                await to.WriteAsync(","u8.ToArray(), cancel);
            }

            ended = buffer[read - 1] == (byte)'\n';
            buffer.AsSpan(0, read).Replace((byte)'\n', (byte)',');
            await to.WriteAsync(buffer.AsMemory(0, ended ? read - 1 : read), cancel);
        }
    }

    // Lines only where they are preferred to JSON.
    private static bool WantsLines(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Where(range => range.Quality is not 0).ToArray() is var wanted
        && Best(wanted, Lines) > Best(wanted, "application/json");

    private static double Best(IReadOnlyList<MediaTypeHeaderValue> accepted, string type)
    {
        var offered = new MediaTypeHeaderValue(type);
        return accepted.Where(range => offered.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1).FirstOrDefault(0);
    }
}
