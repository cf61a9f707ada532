using System.Net;
using System.Text.Json;
using Credit.Core.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>The stream of changes.</summary>
public sealed class ChangeStreamTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    [Fact]
    public async Task A_consumer_that_stops_anywhere_goes_on_there_and_proves_its_copy()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(80);
        await district.FollowAsync();
        var consumer = new Consumer(client, "ListEntries");
        for (var round = 0; round < 30; round++)
        {
            await district.ChangeAsync(seeded[(round * 11) % seeded.Count], round);
            await district.ChangeAsync(seeded[(round * 17) % seeded.Count], round + 1);
            if (round % 3 == 0)
            {
                await district.FollowAsync();
            }

            await consumer.ReadAsync(lines: round % 7);
        }

        await district.FollowAsync();
        await consumer.ReadAsync();

        consumer.Digest.ShouldBe(consumer.Named);
        consumer.Rows.ToDictionary(row => row.Key.ToString(), row => row.Value.Text).ShouldBe(await FeedDistrict.NowAsync(client, "/odata/public/ListEntries"), ignoreOrder: true);
        var digest = await client.GetStringAsync($"/feeds/digest?set=ListEntries&position={consumer.Head}");
        JsonDocument.Parse(digest).RootElement.GetProperty("digest").GetString().ShouldBe(consumer.Digest);
    }

    [Fact]
    public async Task Server_sent_events_name_where_to_go_on_and_wait_for_what_comes()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(4);
        await district.FollowAsync();
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/changes?set=ListEntries&wait=30");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", consumer.Cursor);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await EventAsync(reader)).Event.ShouldBe("head");

        await district.ChangeAsync(seeded[0], 0);
        await district.FollowAsync();
        var change = await EventAsync(reader);
        change.Event.ShouldBe("removed", "it was shown and now is not");
        JsonDocument.Parse(change.Data).RootElement.GetProperty("key").GetGuid().ShouldBe(seeded[0]);
        change.Id.ShouldBe(JsonDocument.Parse(change.Data).RootElement.GetProperty("cursor").GetString());
        (await EventAsync(reader)).Event.ShouldBe("head");
    }

    [Fact]
    public async Task A_narrowed_stream_has_the_rows_of_its_list_and_sector()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(30);
        await district.FollowAsync();
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync(narrow: "&list=Watch&domain=市场监管");
        for (var i = 0; i < 30; i++)
        {
            await district.ChangeAsync(seeded[i], i);
        }

        await district.FollowAsync();
        await consumer.ReadAsync(narrow: "&list=Watch&domain=市场监管");

        consumer.Rows.ToDictionary(row => row.Key.ToString(), row => row.Value.Text)
            .ShouldBe(await FeedDistrict.NowAsync(client, "/odata/public/ListEntries?$filter=List eq 'Watch' and Domain eq '市场监管'"), ignoreOrder: true);
    }

    [Fact]
    public async Task A_consumer_that_slept_too_long_is_sent_to_the_snapshot()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(6);
        await district.FollowAsync();
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync();
        var delta = (await FeedDistrict.PagesAsync(client, "/odata/public/ListEntries", "track-changes,odata.maxpagesize=1000"))[^1].Delta!;
        await district.ChangeAsync(seeded[0], 0);
        await district.FollowAsync();

        await district.CompactAsync();

        using (var gone = await client.GetAsync($"/feeds/changes?set=ListEntries&after={consumer.Cursor}"))
        {
            gone.StatusCode.ShouldBe(HttpStatusCode.Gone);
            gone.Headers.GetValues("Link").ShouldContain("</bulk/ListEntries>; rel=\"snapshot\"");
        }

        (await FeedDistrict.AskAsync(client, delta)).Status.ShouldBe(410);
        await consumer.ReadAsync();
        await consumer.ReadAsync();
        consumer.Restarts.ShouldBe(1);
        consumer.Digest.ShouldBe(consumer.Named);
    }

    [Theory]
    [InlineData("set=Nothing", 400)]
    [InlineData("set=ListEntries&after=x", 400)]
    [InlineData("set=ListEntries&after=999999999", 400)]
    [InlineData("set=ListEntries&after=1.2.3.4", 400)]
    [InlineData("set=ListEntries&wait=301", 400)]
    [InlineData("set=official/ListEntries", 401)]
    [InlineData("set=ListEntries,official/MeasureTasks", 401)]
    public async Task What_cannot_be_followed_is_refused(string query, int status)
    {
        using var client = district.Anonymous();
        await district.FollowAsync();

        using var answer = await client.GetAsync($"/feeds/changes?{query}");

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task A_department_follows_what_it_may_see_and_learns_nothing_of_the_rest()
    {
        using var anyone = district.Anonymous();
        var seeded = await district.SeedAsync(20);
        await district.FollowAsync();
        using var tax = await district.AsAsync("tax.officer");
        var now = await FeedDistrict.NowAsync(tax, "/odata/official/ListEntries");

        var lines = (await tax.GetStringAsync("/feeds/changes?set=official/ListEntries")).Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).ToArray();

        lines.ShouldNotBeEmpty();
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("key").GetString()!).ShouldBe(now.Keys, ignoreOrder: true);
        lines.ShouldAllBe(line => line.Contains("\"change\":\"put\"", StringComparison.Ordinal));
        seeded.Count.ShouldBe(20);
    }

    private static async Task<(string Event, string Id, string Data)> EventAsync(StreamReader reader)
    {
        Dictionary<string, string> fields = [];
        while (await reader.ReadLineAsync() is { } line && (line.Length > 0 || fields.Count == 0))
        {
            if (line.Split(": ", 2) is [var name, var value] && name.Length > 0)
            {
                fields[name] = value;
            }
        }

        return (fields["event"], fields["id"], fields["data"]);
    }
}
