using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Domain.Policy;

namespace Credit.Core.Tests.Feeds;

/// <summary>Snapshots and deltas as files.</summary>
public sealed class BulkTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    [Fact]
    [Trait("Invariant", "I73")]
    public async Task A_copy_from_files_and_changes_is_the_list_and_ends_with_the_day()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(60);
        using (var none = await client.GetAsync("/bulk/ListEntries"))
        {
            none.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, "nobody followed yet");
        }

        await district.FollowAsync();
        var first = await ManifestAsync(client);
        var consumer = new Consumer(client, "ListEntries");
        foreach (var line in await LinesAsync(client, first.GetProperty("ndjson")))
        {
            consumer.Apply(line);
        }

        consumer.Digest.ShouldBe(first.GetProperty("digest").GetString());
        consumer.Rows.Count.ShouldBe(first.GetProperty("rows").GetInt32());
        var table = (await LinesAsync(client, first.GetProperty("csv"))).ToArray();
        table[0].ShouldStartWith("\uFEFFId,List,Domain");
        table.Length.ShouldBe(1 + consumer.Rows.Count);

        for (var i = 0; i < 60; i++)
        {
            await district.ChangeAsync(seeded[i], i);
        }

        district.Clock.Advance(TimeSpan.FromMinutes(11));
        await district.FollowAsync();
        var second = await ManifestAsync(client);
        second.GetProperty("deltaFrom").GetInt64().ShouldBe(first.GetProperty("position").GetInt64());
        foreach (var line in await LinesAsync(client, second.GetProperty("delta")))
        {
            consumer.Apply(line);
        }

        consumer.Digest.ShouldBe(second.GetProperty("digest").GetString());

        await district.ChangeAsync(seeded[0], 0);
        await district.FollowAsync();
        using (var changes = await client.GetAsync(second.GetProperty("changes").GetString()))
        {
            foreach (var line in (await changes.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                consumer.Apply(line);
            }
        }

        consumer.Digest.ShouldBe(consumer.Named);
        consumer.Rows.ToDictionary(row => row.Key.ToString(), row => row.Value.Text).ShouldBe(await FeedDistrict.NowAsync(client, "/odata/public/ListEntries"), ignoreOrder: true);

        district.Clock.Advance(CivilClock.StartOf(district.Clock.Today().AddDays(1)) - district.Clock.GetUtcNow());
        using (var over = await client.GetAsync(second.GetProperty("ndjson").GetProperty("path").GetString()))
        {
            over.StatusCode.ShouldBe(HttpStatusCode.NotFound, "what a day showed ends with it (X15)");
        }

        await district.FollowAsync();
        (await ManifestAsync(client)).GetProperty("position").GetInt64().ShouldBeGreaterThan(consumer.Head);
    }

    [Theory]
    [InlineData("/bulk/Nothing")]
    [InlineData("/bulk/ListEntries/999.ndjson.gz")]
    [InlineData("/bulk/ListEntries/..%2f..%2fkeys%2ffeed.key")]
    [InlineData("/bulk/..%2fkeys/feed.key")]
    public async Task There_is_nothing_else_under_bulk(string path)
    {
        using var client = district.Anonymous();

        using var answer = await client.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static async Task<JsonElement> ManifestAsync(HttpClient client) => JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/bulk/ListEntries"));

    internal static async Task<IReadOnlyList<string>> LinesAsync(HttpClient client, JsonElement file)
    {
        var bytes = await client.GetByteArrayAsync(file.GetProperty("path").GetString());
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(file.GetProperty("sha256").GetString());
        bytes.Length.ShouldBe(file.GetProperty("bytes").GetInt32());
        await using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(file.GetProperty("rows").GetInt32() + (file.GetProperty("path").GetString()!.Contains(".csv", StringComparison.Ordinal) ? 1 : 0));
        return lines;
    }
}
