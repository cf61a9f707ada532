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

    // What an answer may say of itself. The rest is the platform's to say: cookies, who may read it elsewhere, what is kept, what is safe.
    private static readonly string[] Said = ["Allow", "Content-Disposition", "Content-Language", "Content-Type", "ETag", "Last-Modified", "Link", "Location", "Retry-After"];

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
        features.Set<IHttpResponseBodyFeature>(new WithoutFiles(body));
        var copy = new DefaultHttpContext(features) { User = real.User.Clone(), TraceIdentifier = real.TraceIdentifier };
        copy.Request.RouteValues = new RouteValueDictionary(request.RouteValues);
        copy.SetEndpoint(endpoint);
        return new DetachedRequest(copy, body);
    }

    /// <summary>Looks at the answer while it still counts as the module's: what cannot be sent is its failure.</summary>
    /// <exception cref="ModuleExcessException">The server would not send it.</exception>
    public void ThrowIfUnfit()
    {
        var status = Context.Response.StatusCode;
        var empty = status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified;
        if (status is < 200 or > 599 || (empty && _body.Length > 0)
            || Context.Response.Headers.Any(header => Said.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && header.Value.ToString().Any(letter => letter is < ' ' or > '~')))
        {
            throw new ModuleExcessException($"An answer of status {status} cannot be sent as it is.");
        }
    }

    /// <summary>Gives the whole answer to whoever asked.</summary>
    public async Task AnswerAsync(HttpContext real)
    {
        real.Response.StatusCode = Context.Response.StatusCode;
        foreach (var (name, value) in Context.Response.Headers.Where(header => Said.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
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

    // A file is the host's: its settings lie beside it.
    private sealed class WithoutFiles(Stream body) : StreamResponseBodyFeature(body)
    {
        public override Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
            throw new ModuleExcessException("An answer is a file of the host.");
    }

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
