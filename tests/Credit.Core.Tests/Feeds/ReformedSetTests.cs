using System.Net;
using Credit.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>A host that starts with rows of another form than those in the ledger.</summary>
public sealed class ReformedSetTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task A_set_of_a_new_form_has_a_position_of_its_own_and_who_stands_before_it_starts_anew()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(12);
        await district.FollowAsync();
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync();
        var pages = await FeedDistrict.PagesAsync(client, List, "track-changes,odata.maxpagesize=3");
        (await district.FollowAsync()).ShouldBeFalse("nothing is new");
        var position = consumer.Head;

        await SqlAsync("UPDATE feed.followed SET shape = '\\x00' WHERE set_name = 'public/ListEntries'");
        (await district.FollowAsync()).ShouldBeTrue();

        using (var digest = await client.GetAsync($"/feeds/digest?set=ListEntries&position={position}"))
        {
            digest.StatusCode.ShouldBe(HttpStatusCode.Gone, "the state of that position was of another form");
        }

        (await FeedDistrict.AskAsync(client, pages[^1].Delta!)).Status.ShouldBe(410);
        (await FeedDistrict.AskAsync(client, pages[0].Next!)).Status.ShouldBe(410);
        await consumer.ReadAsync();
        consumer.Restarts.ShouldBe(1);
        await consumer.ReadAsync();
        consumer.Head.ShouldBeGreaterThan(position);
        consumer.Digest.ShouldBe(consumer.Named);
        (await district.FollowAsync()).ShouldBeFalse("it is told once");
    }

    [Fact]
    public async Task A_set_that_was_not_followed_for_a_while_begins_anew()
    {
        await district.FollowAsync();
        await SqlAsync("INSERT INTO feed.followed VALUES ('public/Elsewhere', '\\x01', 1)");
        await SqlAsync("INSERT INTO feed.row_version (ordinal, set_name, key, position, changed) VALUES (1000000000, 'public/Elsewhere', gen_random_uuid(), 1, 1)");
        await district.SeedAsync(1);

        await district.FollowAsync();

        (await SqlAsync("SELECT count(*) FROM feed.row_version WHERE set_name = 'public/Elsewhere'")).ShouldBe(0L);
        (await SqlAsync("SELECT count(*) FROM feed.followed WHERE set_name = 'public/Elsewhere'")).ShouldBe(0L);
    }

    private async Task<object?> SqlAsync(string sql)
    {
        await using var command = district.Services.GetRequiredService<StoreSources>().Application.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
