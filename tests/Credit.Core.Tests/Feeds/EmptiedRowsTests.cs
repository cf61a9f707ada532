using System.Text.Json;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.OData.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>Rows that left and whose names went before anybody asked: old versions say nothing any more, and who holds such a row is told all the same.</summary>
[Trait("Invariant", "I91")]
public sealed class EmptiedRowsTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string Market = "Domain eq '市场监管'";

    [Fact]
    public async Task Whoever_follows_a_part_of_a_public_list_is_told_that_an_emptied_row_went()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(8);
        await district.FollowAsync();
        var pages = await FeedDistrict.PagesAsync(client, $"/odata/public/ListEntries?$filter={Market}", "track-changes");
        pages.SelectMany(page => page.Rows).Select(KeyOf).ShouldContain(seeded[6]);
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync(narrow: "&domain=市场监管");
        consumer.Rows.Keys.ShouldContain(seeded[6]);

        await LeaveAndLoseNamesAsync(seeded[6]);

        await district.FollowAsync();
        var removed = (await FeedDistrict.PagesAsync(client, pages[^1].Delta!)).SelectMany(page => page.Rows).ShouldHaveSingleItem();
        (KeyOf(removed), ReasonOf(removed)).ShouldBe((seeded[6], "deleted"));
        await consumer.ReadAsync(narrow: "&domain=市场监管");
        consumer.Rows.Keys.ShouldNotContain(seeded[6]);
    }

    [Fact]
    public async Task Whoever_follows_a_part_of_an_official_list_is_told_if_the_row_was_his_to_see_and_nobody_else()
    {
        using var own = await district.AsAsync("tax.officer");
        using var other = await district.AsAsync("finance.officer");
        var seeded = await district.SeedAsync(4);
        var hidden = (await district.SeedAsync(1))[0];
        await OnAsync(hidden, (entry, today) => entry.Exit(EntryTrigger.StandardChanged, today, endsSharing: true));
        await district.FollowAsync();
        var address = $"/odata/official/ListEntries?$filter=SubjectName eq '{await OnAsync(seeded[2], (entry, _) => entry.SubjectName)}'";
        var (held, shared) = (await FeedDistrict.PagesAsync(own, address, "track-changes"), await FeedDistrict.PagesAsync(other, address, "track-changes"));
        held.SelectMany(page => page.Rows).Select(KeyOf).ShouldContain(seeded[2]);
        shared.SelectMany(page => page.Rows).Select(KeyOf).ShouldContain(seeded[2]);

        await LeaveAndLoseNamesAsync(seeded[2]);
        await LoseNamesAsync(hidden);

        await district.FollowAsync();
        (await DeltaAsync(own, held)).ShouldBe([(seeded[2], "changed"), (hidden, "changed")], ignoreOrder: true, "it is the department's own, and left the filter");
        (await DeltaAsync(other, shared)).ShouldBe([(seeded[2], "deleted")], "the other was not shared with it at any time since");
    }

    [Fact]
    public async Task What_says_whose_a_row_is_is_what_the_scope_of_the_set_looks_at()
    {
        await using var scope = district.Services.CreateAsyncScope();

        var columns = district.Services.GetRequiredService<FeedFollower>().Followed.ToDictionary(set => set.Id, set => set.ScopeColumns(scope.ServiceProvider));

        columns["official/ListEntries"].ShouldBe(["Recogniser", "Shared"]);
        columns["official/MeasureTasks"].ShouldBe(["Department", "EntryId"]);
        columns["public/ListEntries"].ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<(Guid, string?)>> DeltaAsync(HttpClient client, IReadOnlyList<Page> copied) =>
        [.. (await FeedDistrict.PagesAsync(client, copied[^1].Delta!)).SelectMany(page => page.Rows).Select(row => (KeyOf(row), ReasonOf(row)))];

    private async Task LeaveAndLoseNamesAsync(Guid id)
    {
        await OnAsync(id, (entry, today) => entry.Exit(EntryTrigger.StandardChanged, today, endsSharing: true));
        await LoseNamesAsync(id);
    }

    // The retention is taken for nothing, so that both happen between two looks.
    private Task LoseNamesAsync(Guid id) => OnAsync(id, (entry, today) => entry.Anonymise(entry.SubjectId, 0, today.AddDays(1)));

    private async Task<T> OnAsync<T>(Guid id, Func<ListEntry, DateOnly, T> act)
    {
        await using var scope = district.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var entry = await db.Entries.Include(each => each.Publications).Include(each => each.Bases).SingleAsync(each => each.Id == id);
        var outcome = act(entry, district.Clock.Today());
        (outcome as Outcome<ListEntry>)?.Accepted.ShouldBeTrue();
        await db.SaveChangesAsync();
        return outcome;
    }

    private static Guid KeyOf(JsonElement row) => row.GetProperty("Id").GetGuid();

    private static string? ReasonOf(JsonElement row) => row.TryGetProperty("@removed", out var removed) ? removed.GetProperty("reason").GetString() : null;
}
