using Credit.Domain.Policy;

namespace Credit.Core.Tests.Feeds;

/// <summary>What comes and goes by date alone.</summary>
public sealed class MidnightTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task At_midnight_rows_leave_every_feed_at_one_position_of_the_log()
    {
        using var client = district.Anonymous();
        var today = district.Clock.Today();
        await district.SeedAsync(20, lastDay: today);
        var staying = await district.SeedAsync(20);
        await district.FollowAsync();
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync();
        var before = consumer.Rows.Count;
        var pages = await FeedDistrict.PagesAsync(client, List, "track-changes");
        var copy = FeedDistrict.Rows(pages.SelectMany(page => page.Rows));
        var next = (await FeedDistrict.AskAsync(client, List, "odata.maxpagesize=3")).Next!;

        district.Clock.Advance(CivilClock.StartOf(today.AddDays(1)) - district.Clock.GetUtcNow());

        // Nothing of yesterday is shown while the ledger still stands there.
        (await FeedDistrict.NowAsync(client, List)).Count.ShouldBe(10);
        (await FeedDistrict.AskAsync(client, next)).Status.ShouldBe(410);
        (await FeedDistrict.AskAsync(client, pages[^1].Delta!)).Status.ShouldBe(503);
        var untracked = await FeedDistrict.AskAsync(client, List, "track-changes");
        untracked.Headers.ShouldNotContainKey("Preference-Applied", "a wish that cannot be met fails nothing");
        untracked.Rows.Count.ShouldBe(10);

        await district.FollowAsync();
        await consumer.ReadAsync();
        before.ShouldBe(20);
        consumer.Rows.Keys.ShouldBeSubsetOf(staying);
        consumer.Rows.Count.ShouldBe(10);
        consumer.Digest.ShouldBe(consumer.Named);
        foreach (var page in await FeedDistrict.PagesAsync(client, pages[^1].Delta!))
        {
            DeltaTests.Apply(copy, page);
        }

        copy.ShouldBe(await FeedDistrict.NowAsync(client, List));
        (await district.FollowAsync()).ShouldBeFalse("the day turns once");
    }
}
