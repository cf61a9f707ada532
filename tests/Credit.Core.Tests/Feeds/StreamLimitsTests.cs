using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Credit.Core.Http;
using Credit.OData.Changes;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>A host with few places, behind a gateway whose word counts.</summary>
public sealed class NarrowHost : HostFixture
{
    protected override IReadOnlyList<string> Settings =>
    [
        "--Limits:StreamsPerAddress", "2", "--Limits:AnonymousStreams", "3", "--Limits:Streams", "4", "--Limits:AnonymousPerMinute", "60", "--Proxies:Trusted", "127.0.0.1, ::1",
    ];

    internal Task<bool> FollowAsync() => Services.GetRequiredService<FeedFollower>().RunOnceAsync(CancellationToken.None);
}

/// <summary>What callers are told who take too much, and that others still get in.</summary>
public sealed class StreamLimitsTests(NarrowHost host) : IClassFixture<NarrowHost>
{
    [Fact]
    public async Task A_caller_that_takes_too_much_is_told_so_and_a_full_house_is_another_answer()
    {
        await host.FollowAsync();
        List<HttpResponseMessage> open = [];
        try
        {
            open.Add(await AskAsync("203.0.113.7"));
            open.Add(await AskAsync("203.0.113.7"));
            open.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
            using (var third = await AskAsync("203.0.113.7"))
            {
                await RefusedAsync(third, HttpStatusCode.TooManyRequests, "too-many-requests");
            }

            open.Add(await AskAsync("203.0.113.8"));
            open[^1].StatusCode.ShouldBe(HttpStatusCode.OK);
            using (var fourth = await AskAsync("203.0.113.9"))
            {
                await RefusedAsync(fourth, HttpStatusCode.ServiceUnavailable, "feeds-full");
            }

            open.Add(await AskAsync("203.0.113.9", await host.AsAsync("tax.officer")));
            open[^1].StatusCode.ShouldBe(HttpStatusCode.OK, "the share of departments and partners");
        }
        finally
        {
            open.ForEach(answer => answer.Dispose());
        }

        // Places are free again when their streams are gone.
        var begun = Stopwatch.GetTimestamp();
        HttpStatusCode again;
        do
        {
            await Task.Delay(500);
            using var answer = await AskAsync("203.0.113.7");
            again = answer.StatusCode;
        }
        while (again != HttpStatusCode.OK && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20));
        again.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Too_many_requests_a_minute_are_refused_in_the_form_of_what_was_asked()
    {
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");
        for (var i = 0; i < 60; i++)
        {
            using var answer = await client.GetAsync("/odata/public");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using (var refused = await client.GetAsync("/odata/public"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe("too-many-requests");
        }

        using var digest = await client.GetAsync("/feeds/digest?set=ListEntries");
        await RefusedAsync(digest, HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Fact]
    public async Task The_limits_are_published()
    {
        using var client = host.Anonymous();

        var limits = JsonDocument.Parse(await client.GetStringAsync("/.well-known/api-limits")).RootElement;

        limits.GetProperty("streamsPerAddress").GetInt32().ShouldBe(2);
        limits.GetProperty("anonymousPerMinute").GetInt32().ShouldBe(60);
        limits.GetProperty("downloads").GetInt32().ShouldBe(1000);
    }

    private async Task<HttpResponseMessage> AskAsync(string from, HttpClient? client = null)
    {
        client ??= host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/changes?set=ListEntries&wait=60");
        request.Headers.Add("X-Forwarded-For", from);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    internal static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString().ShouldBe(code);
    }
}

/// <summary>A host that no gateway stands in front of.</summary>
public sealed class OpenHost : HostFixture
{
    protected override IReadOnlyList<string> Settings => ["--Limits:AnonymousPerMinute", "5"];
}

/// <summary>What a request says of where it came from is not believed.</summary>
public sealed class ForwardedAddressTests(OpenHost host) : IClassFixture<OpenHost>
{
    [Fact]
    public async Task An_address_that_the_caller_made_up_is_not_counted_as_another()
    {
        using var client = host.Anonymous();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 7; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/odata/public");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await client.SendAsync(request);
            answers.Add(answer.StatusCode);
        }

        answers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(2);
    }
}
