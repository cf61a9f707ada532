using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Feeds;

/// <summary>A partner that copies a list by its delta links.</summary>
public sealed class DeltaTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    [Fact]
    public async Task A_copy_follows_the_list_by_delta_links()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(60);
        await district.FollowAsync();

        var pages = await FeedDistrict.PagesAsync(client, List, "odata.track-changes,odata.maxpagesize=7");
        pages.Count.ShouldBeGreaterThan(3);
        pages[0].Headers["Preference-Applied"].ShouldContain("odata.track-changes");
        pages.SkipLast(1).ShouldAllBe(page => page.Delta == null);
        pages.Select(page => page.Position).Distinct().Count().ShouldBe(1);
        var copy = FeedDistrict.Rows(pages.SelectMany(page => page.Rows));
        copy.ShouldBe(await FeedDistrict.NowAsync(client, List));

        var delta = pages[^1].Delta!;
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 25; i++)
            {
                await district.ChangeAsync(seeded[(i * 7 + round * 3) % seeded.Count], i + round);
            }

            await district.FollowAsync();
            foreach (var page in await FeedDistrict.PagesAsync(client, delta))
            {
                page.Status.ShouldBe(200, page.Body.ToString());
                Apply(copy, page);
                delta = page.Delta ?? delta;
            }

            copy.ShouldBe(await FeedDistrict.NowAsync(client, List));
        }

        var none = await FeedDistrict.AskAsync(client, delta);
        none.Rows.ShouldBeEmpty();
        none.Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_narrowed_copy_hears_of_what_it_held_and_of_nothing_else()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(60);
        await district.FollowAsync();
        var address = $"{List}?$filter=UnderVerification eq false and Domain eq '市场监管'&$select=Id,Facts";
        var pages = await FeedDistrict.PagesAsync(client, address, "track-changes");
        var copy = FeedDistrict.Rows(pages.SelectMany(page => page.Rows));
        var (held, delta) = (copy.Keys.ToHashSet(), pages[^1].Delta!);

        for (var i = 0; i < 60; i++)
        {
            await district.ChangeAsync(seeded[i], i);
        }

        await district.FollowAsync();
        var changes = await FeedDistrict.PagesAsync(client, delta);
        foreach (var removed in changes.SelectMany(page => page.Rows).Where(IsRemoved))
        {
            held.ShouldContain(removed.GetProperty("Id").GetString()!);
        }

        changes.SelectMany(page => page.Rows).Select(row => row.TryGetProperty("@removed", out var why) ? why.GetProperty("reason").GetString() : null)
            .Distinct().ShouldBe([null, "changed", "deleted"], ignoreOrder: true);
        foreach (var page in changes)
        {
            Apply(copy, page);
        }

        copy.ShouldBe(await FeedDistrict.NowAsync(client, address));
    }

    [Fact]
    public async Task A_place_is_good_for_the_query_it_was_given_to_only()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(6);
        await district.FollowAsync();
        var delta = (await FeedDistrict.PagesAsync(client, $"{List}?$filter=Domain eq '税收征管'", "track-changes"))[^1].Delta!;

        (await FeedDistrict.AskAsync(client, delta)).Status.ShouldBe(200);
        var token = delta[(delta.IndexOf("deltatoken=", StringComparison.Ordinal) + 11)..];
        foreach (var foreign in new[]
        {
            delta.Replace(token, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), StringComparison.Ordinal),
            $"{List}?$deltatoken={token}",
            $"{List}?$filter=Domain eq '市场监管'&$deltatoken={token}",
            $"{List}?$deltatoken=abc",
            $"{List}?$filter=Domain eq '税收征管'&$top=3&$deltatoken={token}",
        })
        {
            (await FeedDistrict.AskAsync(client, foreign)).Status.ShouldBe(400);
        }

        (await FeedDistrict.AskAsync(client, $"/odata/public/Departments?$deltatoken={token}")).Status.ShouldBe(501);
    }

    [Fact]
    public async Task Changes_that_concern_nobody_are_looked_through_a_bounded_number_of_times_a_page_and_the_link_goes_on()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(60);
        await district.FollowAsync();
        var delta = (await FeedDistrict.PagesAsync(client, $"{List}?$filter=Domain eq '没有这个领域'", "track-changes"))[^1].Delta!;
        foreach (var id in seeded)
        {
            await district.ChangeAsync(id, 0);
        }

        await district.FollowAsync();
        var pages = await FeedDistrict.PagesAsync(client, delta, "odata.maxpagesize=3");

        // Eight looks of three rows each, for sixty.
        pages.Count.ShouldBe(3);
        pages.ShouldAllBe(page => page.Status == 200 && page.Rows.Count == 0);
        pages.SkipLast(1).ShouldAllBe(page => page.Next != null && page.Delta == null);
        pages.Select(page => page.Position).Distinct().ShouldHaveSingleItem();
        pages[^1].Delta.ShouldNotBeNull();
    }

    private static bool IsRemoved(JsonElement row) => row.TryGetProperty("@removed", out _);

    internal static void Apply(SortedDictionary<string, string> copy, Page page)
    {
        foreach (var row in page.Rows)
        {
            var key = row.GetProperty("Id").GetString()!;
            if (IsRemoved(row))
            {
                copy.Remove(key);
            }
            else
            {
                copy[key] = row.GetRawText();
            }
        }
    }
}
