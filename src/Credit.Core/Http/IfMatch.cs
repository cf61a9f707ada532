using System.Globalization;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Credit.Core.Http;

/// <summary>The version an officer has seen, from <c>If-Match</c>. Take it as a parameter of the handler; the documents then show the header.</summary>
/// <param name="Versions">Versions named; empty when the header is absent or <c>*</c>, which says nothing was seen.</param>
internal sealed record IfMatch(IReadOnlyList<long> Versions)
{
    /// <summary>Strong entity tag of a version.</summary>
    public static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    /// <summary>Reads the header.</summary>
    public static ValueTask<IfMatch> BindAsync(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"])
        {
            return ValueTask.FromResult(new IfMatch([]));
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Any(tag => VersionOf(tag) is null))
        {
            context.Features.Set(new Refused("if-match-malformed", [new ProblemError(
                "if-match-malformed", null, "RFC 9110", "If-Match 须为资源 ETag 的原值，例如 \"v3\"。", "If-Match must repeat the ETag of the resource, for example \"v3\".")]));
            throw new BadHttpRequestException("If-Match is malformed.", StatusCodes.Status400BadRequest);
        }

        return ValueTask.FromResult(new IfMatch([.. tags.Select(tag => VersionOf(tag)!.Value)]));
    }

    /// <summary>Why a change to <paramref name="current"/> is refused: 428 when no version was named, 412 when it is not the current one; null when it is.</summary>
    public Refusal? Against(long current) => Versions switch
    {
        [] => new Refusal("version-required", "请在 If-Match 中写明所依据的版本。", "Name the version you have seen in If-Match.", Clause.Standard("RFC 6585")),
        _ when !Versions.Contains(current) => new Refusal("stale-version", "该资源已被他人修改，请重新读取。", "Somebody changed this meanwhile: read it again.", Clause.Standard("RFC 9110")),
        _ => null,
    };

    private static long? VersionOf(EntityTagHeaderValue tag) =>
        !tag.IsWeak && tag.Tag.Length > 3 && tag.Tag.Value!.StartsWith("\"v", StringComparison.Ordinal)
        && long.TryParse(tag.Tag.Value.AsSpan(2, tag.Tag.Length - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}

/// <summary>Puts the version of a resource on an answer.</summary>
internal static class VersionedAnswers
{
    /// <summary>Sets the strong <c>ETag</c> of the version.</summary>
    public static void SetVersion(this HttpResponse response, long version) => response.Headers.ETag = IfMatch.TagOf(version);

    /// <summary>The same answer with the strong <c>ETag</c> of the version, which the next change names in <c>If-Match</c>.</summary>
    public static IResult WithVersion(this IResult answer, long version) => new Versioned(answer, version);

    private sealed class Versioned(IResult answer, long version) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.SetVersion(version);
            return answer.ExecuteAsync(httpContext);
        }
    }
}
