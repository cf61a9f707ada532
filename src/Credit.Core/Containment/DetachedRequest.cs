using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Containment;

/// <summary>
/// A request as a module's endpoint gets it: a copy without token, address and host services, its answer kept in memory until
/// it is whole. When the module is left behind, it is left with the copy.
/// </summary>
internal sealed class DetachedRequest
{
    // What a module has no use for: secrets of the caller, and who stands between.
    private static readonly string[] Withheld = ["Authorization", "Cookie", "Proxy-Authorization", "Forwarded", "X-Forwarded-For", "X-Real-IP"];

    // The server states these itself; a module sets no cookies on the platform's address.
    private static readonly string[] Unsaid = ["Content-Length", "Transfer-Encoding", "Connection", "Set-Cookie", "Server"];

    private readonly BoundedAnswer _body;

    private DetachedRequest(HttpContext context, BoundedAnswer body) => (Context, _body) = (context, body);

    /// <summary>The copy.</summary>
    public HttpContext Context { get; }

    /// <summary>Copies a request, its body included.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than allowed.</exception>
    public static async Task<DetachedRequest> CopyAsync(HttpContext real, Endpoint endpoint, long mostBody, int mostAnswer)
    {
        var request = real.Request;
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers.Where(header => !Withheld.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            headers[name] = value;
        }

        var body = new BoundedAnswer(mostAnswer);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method,
            Scheme = request.Scheme,
            Protocol = request.Protocol,
            PathBase = request.PathBase.Value ?? "",
            Path = request.Path.Value ?? "",
            QueryString = request.QueryString.Value ?? "",
            Headers = headers,
            Body = await ReadAsync(request, mostBody),
        });
        features.Set<IHttpRequestBodyDetectionFeature>(new Detected(real.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true));
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        var copy = new DefaultHttpContext(features) { User = real.User.Clone(), TraceIdentifier = real.TraceIdentifier };
        copy.Request.RouteValues = new RouteValueDictionary(request.RouteValues);
        copy.SetEndpoint(endpoint);
        return new DetachedRequest(copy, body);
    }

    /// <summary>Gives the whole answer to whoever asked.</summary>
    public async Task AnswerAsync(HttpContext real)
    {
        real.Response.StatusCode = Context.Response.StatusCode;
        foreach (var (name, value) in Context.Response.Headers.Where(header => !Unsaid.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            real.Response.Headers[name] = value;
        }

        if (_body.Length > 0)
        {
            real.Response.ContentType ??= MediaTypeNames.Application.Octet;
            await real.Response.Body.WriteAsync(_body.ToArray(), real.RequestAborted);
        }
    }

    private static async Task<MemoryStream> ReadAsync(HttpRequest request, long most)
    {
        var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            if (kept.Length + read > most)
            {
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            kept.Write(buffer, 0, read);
        }

        kept.Position = 0;
        return kept;
    }

    private sealed record Detected(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;

    private sealed class BoundedAnswer(int most) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            Admit(count);
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Admit(buffer.Length);
            base.Write(buffer);
        }

        public override void WriteByte(byte value)
        {
            Admit(1);
            base.WriteByte(value);
        }

        private void Admit(int count)
        {
            if (Length + count > most)
            {
                throw new ModuleExcessException($"An answer has more than {most} bytes.");
            }
        }
    }
}
