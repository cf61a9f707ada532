using System.Text;
using System.Text.RegularExpressions;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>Answers as they come over the wire, for comparing: status, every header and the body, without what names an instant or a request.</summary>
internal static partial class Wire
{
    /// <summary>Asks exactly this address.</summary>
    /// <param name="client">Whoever asks.</param>
    /// <param name="method">The method.</param>
    /// <param name="address">Path and query, escaped.</param>
    /// <param name="body">A body; null for none.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="headers">Further headers.</param>
    public static async Task<string> AskAsync(HttpClient client, HttpMethod method, string address, string? body = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            method, new Uri(client.BaseAddress!.GetLeftPart(UriPartial.Authority) + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        var shown = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Credit-As-Of")).OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{(int)answer.StatusCode}\n{string.Join('\n', shown)}\n{TraceId().Replace(await answer.Content.ReadAsStringAsync(), "")}";
    }

    /// <inheritdoc cref="AskAsync"/>
    public static Task<string> GetAsync(HttpClient client, string address, params (string Name, string Value)[] headers) => AskAsync(client, HttpMethod.Get, address, headers: headers);

    /// <summary>Two answers are the same but for the name in them. Where an answer repeats the name, its tag is one of other bytes.</summary>
    public static bool AreSame(string real, string never, string name, string nobody) =>
        real == never || real == never.Replace(nobody, name, StringComparison.Ordinal)
        || (never.Contains(nobody, StringComparison.Ordinal) && WithoutTag(real) == WithoutTag(never.Replace(nobody, name, StringComparison.Ordinal)));

    /// <summary>An answer without its tag.</summary>
    public static string WithoutTag(string answer) => Tag().Replace(answer, "");

    [GeneratedRegex("(?i)\"?etag(: |\":)\"(\\\\\")?[^\"\\\\\n]*(\\\\\")?\"")]
    private static partial Regex Tag();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
