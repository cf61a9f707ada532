using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Credit.Core.Http;

/// <summary>The language a caller wants to read: Chinese unless English is preferred.</summary>
internal static class SpokenLanguage
{
    /// <summary>The language a caller asks for; null when it says nothing.</summary>
    public static string? AskedLanguage(this HttpRequest request) => request.Headers.AcceptLanguage.Count == 0 ? null : request.WantsEnglish() ? "en" : "zh-CN";

    /// <summary>True when <c>Accept-Language</c> ranks English above Chinese.</summary>
    public static bool WantsEnglish(this HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted))
        {
            return false;
        }

        return RankOf("en") > RankOf("zh");

        double RankOf(string language) => wanted
            .Where(range => range.Value.Equals(language, StringComparison.OrdinalIgnoreCase)
                || range.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))
            .Select(range => range.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
    }
}
