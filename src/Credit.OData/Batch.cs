using System.Text;
using Credit.Abstractions;
using Credit.Core.Checks;
using Credit.Core.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Credit.OData;

/// <summary>One request of a batch.</summary>
/// <param name="Id">What others call it by; null where nobody can.</param>
/// <param name="Method">In upper case.</param>
/// <param name="Url">As it was written.</param>
/// <param name="Headers">Its own headers.</param>
/// <param name="Group">Its atomicity group; null for none.</param>
/// <param name="DependsOn">Requests and groups before it that must not have failed.</param>
/// <param name="IsConditional">It carries a condition on the answers of others.</param>
/// <param name="Body">Its body, where that is a text.</param>
internal sealed record BatchRequest(
    string? Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, string? Group, IReadOnlyList<string> DependsOn, bool IsConditional = false, string? Body = null);

/// <summary>The answer to one request of a batch.</summary>
/// <param name="Request">The request.</param>
/// <param name="Status">Status.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Body">Body, in UTF-8.</param>
internal sealed record BatchAnswer(BatchRequest Request, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body);

/// <summary>Many reads in one request, each answered as if it had been sent alone.</summary>
internal static class Batch
{
    private const int MostRequests = 100;
    private const int MostBody = 1024 * 1024;

    // What the whole batch says of itself holds for each of its requests that says nothing else.
    private static readonly string[] Inherited = ["OData-MaxVersion", "Accept-Language", StatedPurpose.Header];

    // What an answer says of itself, apart from what the batch says of all.
    private static readonly string[] Kept = ["OData-Version", "Preference-Applied", "Credit-Position", "Credit-As-Of", "ETag", "Link", "Retry-After", "Allow"];

    public static Task AnswerAsync(HttpContext context, Surface surface) => Faults.GuardAsync(context, async () =>
    {
        // The headers are judged as with any other request.
        var options = SetRequest.Read(context.Request.Headers, context.Request.QueryString.Value);
        if (options.Given.FirstOrDefault() is { } misplaced)
        {
            throw QueryRefusedException.Invalid(misplaced);
        }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type))
        {
            throw Unsupported();
        }

        var body = await BatchBody.BytesAsync(context, MostBody) ?? throw QueryRefusedException.TooMuch("$batch", $"{MostBody} bytes");
        var json = type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        var requests = json ? BatchBody.ReadJson(body)
            : type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase) ? await BatchBody.ReadMultipartAsync(body, HeaderUtilities.RemoveQuotes(type.Boundary).Value)
            : throw Unsupported();
        if (requests.Count > MostRequests)
        {
            throw QueryRefusedException.TooMuch("$batch", $"{MostRequests} requests");
        }

        var goOn = context.Request.Headers["Prefer"].SelectMany(header => (header ?? "").Split(',')).Select(part => part.Trim().ToLowerInvariant())
            .FirstOrDefault(part => part is "continue-on-error" or "odata.continue-on-error" or "continue-on-error=true" or "odata.continue-on-error=true");
        var answers = await AnswerAllAsync(context, surface, requests, goOn is not null);
        if (goOn is not null)
        {
            context.Response.Headers["Preference-Applied"] = goOn.Split('=')[0];
        }

        await Answers.SendAsync(context, StatusCodes.Status200OK, WantsJson(context.Request, json) ? BatchBody.WriteJson(answers, Negotiation.IsModern(context.Request)) : BatchBody.WriteMultipart(answers));
    });

    private static QueryRefusedException Unsupported() =>
        new(415, "format-not-supported", "Content-Type", "批量请求应为 multipart/mixed 或 application/json。", "A batch is sent as multipart/mixed or application/json.");

    private static bool WantsJson(HttpRequest request, bool sentAsJson)
    {
        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return sentAsJson;
        }

        bool Takes(string type) => accepted.Any(range => range.Quality is not 0 && (range.MatchesAllTypes || new MediaTypeHeaderValue(type).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType))));
        return (accepted.Any(range => range.Quality is not 0 && Negotiation.IsJson(range)), Takes("multipart/mixed")) switch
        {
            (true, true) => sentAsJson,
            (true, false) => true,
            (false, true) => false,
            _ => throw new QueryRefusedException(406, "format-not-supported", "Accept", "批量响应仅支持 multipart/mixed 和 application/json。", "A batch is answered as multipart/mixed or application/json."),
        };
    }

    private static async Task<IReadOnlyList<BatchAnswer>> AnswerAllAsync(HttpContext context, Surface surface, IReadOnlyList<BatchRequest> requests, bool goOn)
    {
        List<BatchAnswer> answers = [];
        foreach (var unit in Units(requests))
        {
            var done = new List<BatchAnswer>();
            foreach (var request in unit)
            {
                done.Add(await AnswerOneAsync(context, surface, request, answers.Concat(done).ToList()));
            }

            // A group is answered as one: where one of it fails, nothing of the others is shown.
            if (unit[0].Group is not null && done.Exists(answer => answer.Status >= 400))
            {
                done = [.. done.Select(answer => answer.Status >= 400 ? answer : Failed(context, answer.Request, 424, "dependency-failed", "同组请求失败。", "Another request of its group failed."))];
            }

            answers.AddRange(done);
            if (!goOn && done.Exists(answer => answer.Status >= 400))
            {
                break;
            }
        }

        return answers;
    }

    private static IEnumerable<IReadOnlyList<BatchRequest>> Units(IReadOnlyList<BatchRequest> requests)
    {
        for (var i = 0; i < requests.Count;)
        {
            var unit = requests.Skip(i).TakeWhile((request, at) => at == 0 || (request.Group is not null && request.Group == requests[i].Group)).ToList();
            i += unit.Count;
            yield return unit;
        }
    }

    private static async Task<BatchAnswer> AnswerOneAsync(HttpContext context, Surface surface, BatchRequest request, List<BatchAnswer> before)
    {
        if (request.IsConditional)
        {
            return Failed(context, request, 501, "option-not-supported", "不支持批量请求中的条件。", "Conditions on other requests are not supported.");
        }

        if (request.DependsOn.Any(name => before.Exists(answer => (answer.Request.Id == name || answer.Request.Group == name) && answer.Status >= 400)))
        {
            return Failed(context, request, 424, "dependency-failed", "所依赖的请求失败。", "A request it depends on failed.");
        }

        // A query in a body is a read as well.
        var asks = request.Method == "POST" && request.Url.Split('?')[0].EndsWith(QueryInBody.Segment, StringComparison.Ordinal);
        if (request.Method is not ("GET" or "HEAD") && !asks)
        {
            var refused = Failed(context, request, 405, "method-not-allowed", "数据只读，不接受该方法。", "The feeds are read-only: this method is not allowed.");
            return refused with { Headers = [.. refused.Headers, new("Allow", "GET, HEAD")] };
        }

        var root = $"/odata/{(surface == Surface.Public ? "public" : "official")}/";
        if (Target(context.Request, root, Referenced(request, before)) is not { } target)
        {
            return Failed(context, request, 404, "path-not-found", "该路径不存在。", "The path leads nowhere.");
        }

        if (target.Surface == Surface.Official && surface != Surface.Official
            && !(await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, Access.Official)).Succeeded)
        {
            return context.User.Identity?.IsAuthenticated == true
                ? Failed(context, request, 403, "forbidden", "无权访问。", "This is not yours to read.")
                : Failed(context, request, 401, "unauthenticated", "请先登录。", "Sign in first.");
        }

        return await SendAsync(context, request, target.Surface, target.Path, target.Query);
    }

    /// <summary>The address of a request, with a reference to an earlier one put in.</summary>
    private static string? Referenced(BatchRequest request, List<BatchAnswer> before)
    {
        if (!request.Url.StartsWith('$') || request.Url.StartsWith("$metadata", StringComparison.Ordinal) || request.Url.StartsWith("$entity", StringComparison.Ordinal))
        {
            return request.Url;
        }

        var end = request.Url.IndexOfAny(['/', '?']) is > 0 and var found ? found : request.Url.Length;
        return before.Find(answer => answer.Request.Id == request.Url[1..end] && answer.Status < 300) is { } earlier
            ? earlier.Request.Url.Split('?')[0] + request.Url[end..]
            : null;
    }

    private static (Surface Surface, string Path, string Query)? Target(HttpRequest outer, string root, string? url)
    {
        if (url is null)
        {
            return null;
        }

        var host = $"{outer.Scheme}://{outer.Host}";
        var local = url.StartsWith(host + "/", StringComparison.OrdinalIgnoreCase) ? url[host.Length..] : url;
        local = local.StartsWith('/') ? local : root + local;
        foreach (var (prefix, surface) in new[] { ("/odata/public/", Surface.Public), ("/odata/official/", Surface.Official) })
        {
            var mark = local.IndexOf('?', StringComparison.Ordinal);
            var path = mark < 0 ? local : local[..mark];
            if (path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !path.Contains("://", StringComparison.Ordinal) && !path[prefix.Length..].StartsWith("$batch", StringComparison.Ordinal))
            {
                return (surface, path[prefix.Length..], mark < 0 ? "" : local[mark..]);
            }
        }

        return null;
    }

    private static async Task<BatchAnswer> SendAsync(HttpContext outer, BatchRequest request, Surface surface, string path, string query)
    {
        await using var scope = outer.RequestServices.CreateAsyncScope();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = outer.User, RequestAborted = outer.RequestAborted };
        context.SetEndpoint(outer.GetEndpoint());
        (context.Request.Method, context.Request.Scheme, context.Request.Host) = (request.Method, outer.Request.Scheme, outer.Request.Host);
        if (!QueryInBody.IsWellEncoded(path) || path.Contains("%00", StringComparison.Ordinal))
        {
            return Failed(outer, request, 400, "unprintable-text", "路径中含有空字符或不完整的字符。", "The path holds NUL or half a character.");
        }

        context.Request.Path = PathString.FromUriComponent($"/odata/{(surface == Surface.Public ? "public" : "official")}/{path}");
        context.Request.QueryString = new QueryString(query);
        foreach (var name in Inherited.Where(name => outer.Request.Headers.ContainsKey(name)))
        {
            context.Request.Headers[name] = outer.Request.Headers[name];
        }

        // Requests accept what the batch does, the form of the batch itself apart.
        if (MediaTypeHeaderValue.TryParseList(outer.Request.Headers.Accept, out var accepted))
        {
            context.Request.Headers.Accept = accepted.Where(range => !range.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)).Select(range => range.ToString()).ToArray();
        }

        foreach (var (name, value) in request.Headers.Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
        {
            context.Request.Headers[name] = value;
        }

        context.Response.Body = body;
        await (request.Method == "POST"
            ? Faults.GuardAsync(context, () => QueryInBody.AnswerAsync(context, surface, path, request.Body ?? ""))
            : Feed.AnswerAsync(context, surface, path, query));
        var headers = Kept.Where(name => context.Response.Headers.ContainsKey(name)).Select(name => KeyValuePair.Create(name, context.Response.Headers[name].ToString()));
        return new(
            request, context.Response.StatusCode,
            [.. context.Response.ContentType is { Length: > 0 } type ? headers.Prepend(KeyValuePair.Create("Content-Type", type)) : headers], body.ToArray());
    }

    private static BatchAnswer Failed(HttpContext context, BatchRequest request, int status, string code, string chinese, string english)
    {
        var error = Answers.Error(context, code, null, chinese, english);
        return new(request, status, [new("Content-Type", error.ContentType), new("OData-Version", Negotiation.IsModern(context.Request) ? "4.01" : "4.0")], error.Body.ToArray());
    }
}
