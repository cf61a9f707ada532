using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Credit.Core.Tests.Feeds;

/// <summary>What was never shown leaves no trace in any feed.</summary>
public sealed class HiddenRowsTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    [Fact]
    [Trait("Invariant", "I78")]
    public async Task No_key_of_a_hidden_row_appears_and_its_changes_change_nothing()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(40);
        var hidden = seeded.Where((_, number) => number % 2 == 1).ToArray();
        await district.FollowAsync();
        var list = await FeedDistrict.PagesAsync(client, "/odata/public/ListEntries", "track-changes");
        var digest = JsonDocument.Parse(await client.GetStringAsync("/feeds/digest?set=ListEntries")).RootElement.GetProperty("digest").GetString();
        var cursor = list[^1].Position;

        foreach (var id in hidden)
        {
            await district.ChangeAsync(id, 2);
            await district.ChangeAsync(id, 3);
        }

        await district.FollowAsync();
        var delta = await FeedDistrict.PagesAsync(client, list[^1].Delta!);
        var since = await client.GetStringAsync($"/feeds/changes?set=ListEntries&after={cursor}");
        var whole = await client.GetStringAsync("/feeds/changes");
        var manifest = JsonDocument.Parse(await client.GetStringAsync("/bulk/ListEntries")).RootElement;
        await using var unpacked = new GZipStream(await client.GetStreamAsync(manifest.GetProperty("ndjson").GetProperty("path").GetString()), CompressionMode.Decompress);
        using var file = new StreamReader(unpacked, Encoding.UTF8);

        delta.SelectMany(page => page.Rows).ShouldBeEmpty();
        since.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain("\"change\":\"head\"");
        manifest.GetProperty("digest").GetString().ShouldBe(digest);
        foreach (var text in new[] { whole, await file.ReadToEndAsync() }.Concat(list.Select(page => page.Body.ToString())))
        {
            hidden.ShouldAllBe(id => !text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase));
        }

        whole.ShouldContain(seeded[0].ToString());
    }
}
