using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Credit.Core.Http;

/// <summary>Refuses text that no later step can store or print: NUL, halves of characters, charsets other than UTF-8, bodies that end early.</summary>
internal sealed partial class RequestText(RequestDelegate next, IProblemDetailsService problems)
{
    /// <summary>Looks at the address and the headers, before anything is read.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        if (Unprintable().IsMatch(target))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "unprintable-text");
            return;
        }

        if (request.ContentType is { Length: > 0 } given)
        {
            if (!MediaTypeHeaderValue.TryParse(given, out var type))
            {
                await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type");
                return;
            }

            // Files may come in GB18030 and say so; JSON and forms may not.
            if (!type.Type.Equals("text", StringComparison.OrdinalIgnoreCase) && type.Charset.HasValue
                && !type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            {
                await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "wrong-charset");
                return;
            }

            if (IsJson(type))
            {
                request.Body = new JsonTextGuard(request.Body, context);
            }
        }

        await next(context);
    }

    /// <summary>True for JSON in any of its names.</summary>
    public static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private async Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status };
        problem.Extensions["code"] = code;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    // %00 and the other C0 controls but tab and line ends; ED A0–BF is UTF-8 for half a surrogate pair.
    [GeneratedRegex("%0[0-8BCEF]|%1[0-9A-F]|%7F|%ED%[AB][0-9A-F]|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Unprintable();
}

/// <summary>Reads the form of endpoints that take one before they run, so that a broken form is a 400 and not an empty answer.</summary>
internal sealed class WholeForms(RequestDelegate next)
{
    /// <summary>Reads the form when the endpoint takes one.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.HasFormContentType
            && context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAcceptsMetadata>().Any(accepts => accepts.ContentTypes.Contains("multipart/form-data")) == true)
        {
            try
            {
                await context.Request.ReadFormAsync(context.RequestAborted);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
            {
                throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, new InvalidDataException());
            }
        }

        await next(context);
    }
}
