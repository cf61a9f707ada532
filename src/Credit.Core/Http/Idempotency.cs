using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Credit.Core.Http;

/// <summary>The endpoint honours <c>Idempotency-Key</c>: same caller, key and request, same answer.</summary>
/// <param name="required">True when a request without a key is refused.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IdempotentAttribute(bool required = false) : Attribute
{
    /// <summary>True when a request without a key is refused.</summary>
    public bool Required { get; } = required;
}

/// <summary>The answer of this endpoint is never kept: it holds what may be shown once only, or its request names a person.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswerNotKeptAttribute : Attribute;

/// <summary>What a key stands for.</summary>
/// <param name="Caller">Account or client that sent it.</param>
/// <param name="Key">Value of the header.</param>
/// <param name="RequestHash">SHA-256 of method, address, content type and body.</param>
internal sealed record IdempotentRequest(string Caller, string Key, string RequestHash);

/// <summary>The claim this request runs under; whoever saves marks it in the same transaction.</summary>
internal sealed class IdempotentEffect
{
    /// <summary>The claim; null when the request has none.</summary>
    public IdempotentRequest? Request { get; set; }
}

/// <summary>An answer kept to be given again, byte for byte.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Content type, location, entity tag and language, where the answer had them.</param>
/// <param name="Body">The body.</param>
internal sealed record KeptAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>What a store says to a request.</summary>
internal enum IdempotentClaim
{
    /// <summary>Nobody has it: run.</summary>
    Mine,

    /// <summary>It ran; the answer is kept.</summary>
    Answered,

    /// <summary>Another request with this key runs at this moment.</summary>
    InProgress,

    /// <summary>The key was used for another request.</summary>
    OtherRequest,

    /// <summary>It took effect, or may have, but failed before its answer was kept: it must not run again.</summary>
    AnswerLost,
}

/// <summary>Keeps keys and answers for 30 days. A claim is taken before the effect, so that two equal requests cannot both run.</summary>
internal interface IIdempotencyStore
{
    /// <summary>Takes the key, or says who has it.</summary>
    ValueTask<(IdempotentClaim Claim, KeptAnswer? Answer)> ClaimAsync(IdempotentRequest request, CancellationToken cancel);

    /// <summary>Keeps the answer.</summary>
    ValueTask AnswerAsync(IdempotentRequest request, KeptAnswer answer, CancellationToken cancel);

    /// <summary>Gives the key back when the request had no effect; when it had, the key stays taken.</summary>
    ValueTask ReleaseAsync(IdempotentRequest request, CancellationToken cancel);
}

/// <summary>Declares and applies <c>Idempotency-Key</c>.</summary>
internal sealed class Idempotency(RequestDelegate next, IProblemDetailsService problems)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Set to <c>true</c> on an answer given again.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Longest key.</summary>
    public const int MaxKeyLength = 128;

    private static readonly string[] KeptHeaders = ["Content-Type", "Content-Language", "Location", "ETag"];

    /// <summary>Answers a repeated request from the store, runs a new one under its claim.</summary>
    public async Task InvokeAsync(HttpContext context, IIdempotencyStore store, Caller caller, IdempotentEffect effect)
    {
        if (!HttpMethods.IsPost(context.Request.Method)
            || context.GetEndpoint()?.Metadata.GetMetadata<IdempotentAttribute>() is not { } rule
            || context.GetEndpoint()?.Metadata.GetMetadata<AnswerNotKeptAttribute>() is not null
            || caller.User.Length == 0)
        {
            await next(context);
            return;
        }

        var header = context.Request.Headers[Header];
        if (header.Count == 0 && !rule.Required)
        {
            await next(context);
            return;
        }

        if (header is not [{ Length: > 0 and <= MaxKeyLength } key] || key.Any(letter => letter is <= ' ' or > '~'))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, header.Count == 0 ? "idempotency-key-required" : "idempotency-key-malformed");
            return;
        }

        var request = new IdempotentRequest(caller.User, key, await HashAsync(context.Request, context.RequestAborted));
        var (claim, answer) = await store.ClaimAsync(request, context.RequestAborted);
        switch (claim)
        {
            case IdempotentClaim.Mine:
                effect.Request = request;
                await RunAsync(context, store, request);
                break;
            case IdempotentClaim.Answered:
                await RepeatAsync(context, answer!);
                break;
            case IdempotentClaim.OtherRequest:
                await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
                break;
            case IdempotentClaim.AnswerLost:
                await RefuseAsync(context, StatusCodes.Status409Conflict, "answer-lost");
                break;
            default:
                context.Response.Headers.RetryAfter = "1";
                await RefuseAsync(context, StatusCodes.Status409Conflict, "in-progress");
                break;
        }
    }

    private async Task RunAsync(HttpContext context, IIdempotencyStore store, IdempotentRequest request)
    {
        var client = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            await next(context);
            // The client may be gone; the answer is kept all the same, for that is when it is needed.
            if (IsFinal(context.Response.StatusCode))
            {
                var headers = KeptHeaders.Where(name => context.Response.Headers.ContainsKey(name))
                    .ToDictionary(name => name, name => context.Response.Headers[name].ToString(), StringComparer.Ordinal);
                await store.AnswerAsync(request, new KeptAnswer(context.Response.StatusCode, headers, written.ToArray()), CancellationToken.None);
            }
            else
            {
                await store.ReleaseAsync(request, CancellationToken.None);
            }
        }
        catch
        {
            await store.ReleaseAsync(request, CancellationToken.None);
            throw;
        }
        finally
        {
            context.Response.Body = client;
        }

        if (written.Length > 0)
        {
            written.Position = 0;
            await written.CopyToAsync(client, context.RequestAborted);
        }
    }

    // What the request itself decides stays; what time, rights or load decide may be tried again.
    private static bool IsFinal(int status) => status is < 400 or 404 or 409 or 410 or 412 or 422;

    private static async Task RepeatAsync(HttpContext context, KeptAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers[ReplayedHeader] = "true";
        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private static async Task<string> HashAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.HasFormContentType && request.HttpContext.Features.Get<IFormFeature>()?.Form is { } form)
        {
            return await HashAsync(request, form, cancel);
        }

        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // Of a form that was read, its parts count: the boundary between them is another one each time.
    private static async Task<string> HashAsync(HttpRequest request, IFormCollection form, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\nform\n"));
        foreach (var field in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{field.Key}\n{field.Value}\n"));
        }

        foreach (var file in form.Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.FileName}\n{file.Length}\n"));
            await using var content = file.OpenReadStream();
            hash.AppendData(await SHA256.HashDataAsync(content, cancel));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private async Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status };
        problem.Extensions["code"] = code;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }
}

/// <summary>Declarations on endpoints.</summary>
internal static class IdempotentEndpoints
{
    /// <summary>Honours <c>Idempotency-Key</c> when it is sent.</summary>
    public static TBuilder Idempotent<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IdempotentAttribute());

    /// <summary>Refuses a request without <c>Idempotency-Key</c>.</summary>
    public static TBuilder RequireIdempotency<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IdempotentAttribute(required: true));

    /// <summary>Keeps no answer, whatever <c>Idempotency-Key</c> is sent.</summary>
    public static TBuilder AnswerNotKept<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerNotKeptAttribute());
}
