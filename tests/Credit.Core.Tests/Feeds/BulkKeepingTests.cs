using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Credit.OData.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>How long files can be taken, and that those that are named can.</summary>
public sealed class BulkKeepingTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    [Fact]
    [Trait("Invariant", "I73")]
    public async Task A_file_is_there_while_it_is_the_head_and_ten_minutes_longer_and_what_is_being_read_is_read_to_its_end()
    {
        using var client = district.Anonymous();
        var files = district.Services.GetRequiredService<BulkFiles>();
        var seeded = await district.SeedAsync(40);
        await district.FollowAsync();
        var told = await BulkTests.ManifestAsync(client);
        var path = told.GetProperty("ndjson").GetProperty("path").GetString()!;
        district.Clock.Advance(TimeSpan.FromMinutes(40));
        (await BulkTests.ManifestAsync(client)).GetProperty("position").GetInt64().ShouldBe(told.GetProperty("position").GetInt64(), "it is the head still, however old");

        await district.ChangeAsync(seeded[0], 0);
        await district.FollowAsync();

        var renewed = await BulkTests.ManifestAsync(client);
        renewed.GetProperty("position").GetInt64().ShouldBeGreaterThan(told.GetProperty("position").GetInt64(), "whoever asks is not told of what is over");
        (await BulkTests.LinesAsync(client, renewed.GetProperty("ndjson"))).ShouldNotContain(line => line.Contains(seeded[0].ToString()));
        await files.PurgeAsync(CancellationToken.None);
        (await BulkTests.LinesAsync(client, told.GetProperty("ndjson"))).ShouldContain(line => line.Contains(seeded[0].ToString()), "a link that was given just now works");
        district.Clock.Advance(TimeSpan.FromMinutes(9));
        await using var reading = (await files.OpenAsync("ListEntries", Path.GetFileName(path), CancellationToken.None))!.Content;
        using (var late = await client.GetAsync(path))
        {
            late.StatusCode.ShouldBe(HttpStatusCode.OK);
            late.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(1), "nor does a cache keep it longer");
        }

        district.Clock.Advance(TimeSpan.FromMinutes(1));
        using (var over = await client.GetAsync(path))
        {
            over.StatusCode.ShouldBe(HttpStatusCode.NotFound, "what a state showed ends some minutes after it (X15)");
            (await over.Content.ReadAsStringAsync()).ShouldContain("bulk-file-gone");
            over.Headers.GetValues("Link").ShouldBe(["</bulk/ListEntries>; rel=\"snapshot\""]);
        }

        await files.PurgeAsync(CancellationToken.None);
        File.Exists(district.InDataDirectory("bulk", "ListEntries", Path.GetFileName(path))).ShouldBeFalse();
        using var whole = new MemoryStream();
        await reading.CopyToAsync(whole);
        Convert.ToHexStringLower(SHA256.HashData(whole.ToArray())).ShouldBe(told.GetProperty("ndjson").GetProperty("sha256").GetString(), "who began can end");
    }

    [Fact]
    public async Task Files_of_a_history_that_was_set_back_are_given_to_nobody()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(5);
        await district.FollowAsync();
        var told = await BulkTests.ManifestAsync(client);
        var path = told.GetProperty("ndjson").GetProperty("path").GetString()!;
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // The database came back from a dump and went on: the same number is another state.
        var file = district.InDataDirectory("bulk", "ListEntries", $"{told.GetProperty("position").GetInt64()}.manifest.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(told.GetProperty("asOf").GetString()!, "2020-01-01T00:00:00+00:00", StringComparison.Ordinal));

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await BulkTests.ManifestAsync(client)).GetProperty("asOf").GetString().ShouldBe(told.GetProperty("asOf").GetString());
    }

    [Fact]
    public async Task What_is_promised_is_there_however_often_files_are_made_dropped_and_lost()
    {
        using var client = district.Anonymous();
        var files = district.Services.GetRequiredService<BulkFiles>();
        var seeded = await district.SeedAsync(30);
        await district.FollowAsync();
        using var ended = new CancellationTokenSource();
        var dropping = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await files.PurgeAsync(CancellationToken.None);
                await files.RunDailyAsync(CancellationToken.None);
            }
        });
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var asked = 0;
            for (; !ended.IsCancellationRequested; asked++)
            {
                using var answer = await client.GetAsync("/bulk/ListEntries");
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    var manifest = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
                    foreach (var file in new[] { "ndjson", "csv", "delta" }.Select(manifest.GetProperty).Where(file => file.ValueKind == JsonValueKind.Object))
                    {
                        await BulkTests.LinesAsync(client, file);
                    }
                }
                else
                {
                    answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                }
            }

            return asked;
        })).ToArray();
        for (var round = 0; round < 12; round++)
        {
            await district.ChangeAsync(seeded[round * 2], 0);
            await district.FollowAsync();
            district.Clock.Advance(TimeSpan.FromMinutes(6));
            await Task.Delay(100);
        }

        await ended.CancelAsync();
        await dropping;
        (await Task.WhenAll(asking)).ShouldAllBe(asked => asked > 0);

        // Somebody else deletes one: it is not promised, and made anew.
        var last = await BulkTests.ManifestAsync(client);
        File.Delete(district.InDataDirectory("bulk", "ListEntries", Path.GetFileName(last.GetProperty("csv").GetProperty("path").GetString()!)));
        using (var lost = await client.GetAsync(last.GetProperty("csv").GetProperty("path").GetString()))
        {
            lost.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        await BulkTests.LinesAsync(client, (await BulkTests.ManifestAsync(client)).GetProperty("csv"));
        await File.WriteAllTextAsync(district.InDataDirectory("bulk", "ListEntries", "77777777777.manifest.json"), "{");
        (await BulkTests.ManifestAsync(client)).GetProperty("digest").GetString().ShouldBe(last.GetProperty("digest").GetString(), "what another version wrote is none");
    }
}
