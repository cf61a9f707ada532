using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>
/// The attack on what is hidden: every public way is asked before and after changes that the public is not shown, and then for every position in between. The
/// signed heads of the log alone say how long it is, which is what they are for (docs/feeds.md).
/// </summary>
public sealed partial class HiddenPathsTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X12")]
    public async Task Hidden_changes_change_no_answer_and_no_position_between_can_be_found()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(40);
        await district.FollowAsync();
        var paths = await PathsAsync(client);
        var before = await AskAllAsync(client, paths);
        var (number, length) = (await NumberAsync(client), await LengthAsync());

        foreach (var id in seeded.Where((_, place) => place % 2 == 1))
        {
            await district.ChangeAsync(id, 2);
            await district.FollowAsync();
        }

        (await LengthAsync()).ShouldBeGreaterThan(length + 10, "there were hidden changes, each a state of its own");
        var after = await AskAllAsync(client, paths);
        foreach (var (path, answer) in before)
        {
            after[path].ShouldBe(answer, path);
        }

        // Every position up to the end of the log and beyond, in every way it could be asked for.
        List<string> guesses = [];
        for (var guess = number + 1; guess <= await LengthAsync() + 3; guess++)
        {
            var old = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new object[] { "Id+", seeded[0] })).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            guesses.AddRange(
            [
                $"/feeds/digest?set=ListEntries&position={guess}", $"/feeds/changes?set=ListEntries&after={guess}", $"/feeds/changes?set=ListEntries&after={guess}.{guess}",
                $"/feeds/changes?after=0.{guess}.{guess}", $"{List}?$skiptoken={old}.{guess}", $"{List}?$skiptoken={old}.{guess}.t", $"{List}?$deltatoken={guess}",
            ]);
        }

        var refused = await AskAllAsync(client, guesses);
        refused.Values.Distinct().Count().ShouldBe(3, "one answer for the digest and the stream, one for either token");
        refused.Values.ShouldAllBe(answer => answer.StartsWith("400 ", StringComparison.Ordinal));
        foreach (var guess in new[] { $"/bulk/ListEntries/{number + 1}.ndjson.gz", $"/bulk/ListEntries/{await LengthAsync()}.ndjson.gz" })
        {
            (await AskAllAsync(client, [guess])).Values.Single().ShouldStartWith("404 ");
        }

        // The next that is shown is the next number, however much was hidden in between.
        await district.ChangeAsync(seeded[0], 0);
        await district.FollowAsync();
        (await NumberAsync(client)).ShouldBe(number + 1);
        (await FeedDistrict.AskAsync(client, List, "odata.maxpagesize=5")).Position.ShouldBe(number + 1);
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task What_is_dropped_begins_with_a_state_that_was_shown()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(4);
        await district.FollowAsync();
        var (number, digest) = (await NumberAsync(client), await client.GetStringAsync("/feeds/digest?set=ListEntries"));
        var changed = await AskAllAsync(client, [$"/feeds/changes?set=ListEntries&after={number}"]);
        await district.ChangeAsync(seeded[1], 2);
        await district.FollowAsync();

        await district.CompactAsync();

        (await AskAllAsync(client, [$"/feeds/changes?set=ListEntries&after={number}"])).ShouldBe(changed);
        (await client.GetStringAsync("/feeds/digest?set=ListEntries")).ShouldBe(digest);
    }

    [Fact]
    public async Task A_cursor_is_good_for_the_sets_and_the_caller_it_was_given_to()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(6);
        await district.FollowAsync();
        var cursor = JsonDocument.Parse((await client.GetStringAsync("/feeds/changes?set=ListEntries")).Split('\n')[0]).RootElement.GetProperty("cursor").GetString();
        using var tax = await district.AsAsync("tax.officer");
        using var other = await district.AsAsync("market-supervision.officer");
        var official = JsonDocument.Parse((await tax.GetStringAsync("/feeds/changes?set=official/ListEntries")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])
            .RootElement.GetProperty("cursor").GetString();

        (await StatusAsync(client, $"/feeds/changes?set=ListEntries&after={cursor}")).ShouldBe(200);
        (await StatusAsync(client, $"/feeds/changes?set=ListEntries&list=Watch&after={cursor}")).ShouldBe(400);
        (await StatusAsync(client, $"/feeds/changes?after={cursor}")).ShouldBe(400);
        (await StatusAsync(client, $"/feeds/changes?set=ListEntries&after={official}")).ShouldBe(400);
        (await StatusAsync(tax, $"/feeds/changes?set=official/ListEntries&after={official}")).ShouldBe(200);
        (await StatusAsync(tax, "/feeds/changes?set=official/ListEntries&after=1")).ShouldBe(400);
        (await StatusAsync(other, $"/feeds/changes?set=official/ListEntries&after={official}")).ShouldBe(400);
    }

    // Every public way, and whatever it leads to.
    private static async Task<IReadOnlyList<string>> PathsAsync(HttpClient client)
    {
        var sets = JsonSerializer.Deserialize<string[]>(await client.GetStringAsync("/bulk"))!;
        List<string> paths = ["/bulk", "/odata/public", "/odata/public/$metadata", "/feeds/changes", $"{List}/$count", $"{List}?$orderby=SubjectName&$count=true", $"{List}?$apply=aggregate($count as N)"];
        foreach (var set in sets)
        {
            var name = set["/bulk/".Length..];
            paths.AddRange([$"/odata/public/{name}", $"/odata/public/{name}?$skiptoken=x", set, $"/feeds/digest?set={name}", $"/feeds/changes?set={name}"]);
        }

        foreach (var prefer in new[] { "", "odata.track-changes" })
        {
            var pages = await FeedDistrict.PagesAsync(client, List, $"{prefer},odata.maxpagesize=6");
            paths.AddRange(pages.Select(page => page.Next ?? page.Delta).OfType<string>());
        }

        var lines = (await client.GetStringAsync("/feeds/changes?set=ListEntries")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        paths.AddRange(lines.Select(line => $"/feeds/changes?set=ListEntries&after={JsonDocument.Parse(line).RootElement.GetProperty("cursor").GetString()}"));
        var manifest = JsonDocument.Parse(await client.GetStringAsync("/bulk/ListEntries")).RootElement;
        paths.AddRange([manifest.GetProperty("ndjson").GetProperty("path").GetString()!, manifest.GetProperty("csv").GetProperty("path").GetString()!, manifest.GetProperty("changes").GetString()!]);
        paths.Add($"/feeds/digest?set=ListEntries&position={manifest.GetProperty("position").GetInt64()}");
        return paths;
    }

    // Status, headers and body of every answer, as lines of JSON and as events; what names the request itself is left out.
    private static async Task<Dictionary<string, string>> AskAllAsync(HttpClient client, IEnumerable<string> paths)
    {
        Dictionary<string, string> answers = [];
        foreach (var path in paths)
        {
            foreach (var accept in path.StartsWith("/feeds/changes", StringComparison.Ordinal) ? new[] { "*/*", "text/event-stream" } : ["*/*"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path + (accept == "*/*" ? "" : path.Contains('?') ? "&wait=0" : "?wait=0"), UriKind.RelativeOrAbsolute));
                request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
                using var answer = await client.SendAsync(request);
                var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
                    .OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
                var body = Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync());
                answers[path + accept] = $"{(int)answer.StatusCode} {string.Join('\n', headers)}\n{(answer.IsSuccessStatusCode ? body : Own().Replace(await answer.Content.ReadAsStringAsync(), ""))}";
            }
        }

        return answers;
    }

    private static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (int)answer.StatusCode;
    }

    private static async Task<long> NumberAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync("/feeds/digest?set=ListEntries")).RootElement.GetProperty("position").GetInt64();

    private async Task<long> LengthAsync()
    {
        await using var command = district.Services.GetRequiredService<StoreSources>().Application.CreateCommand("SELECT max(position) FROM core.register_position");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex("\"(traceId|instance|requestId)\":\"[^\"]*\",?")]
    private static partial Regex Own();
}
