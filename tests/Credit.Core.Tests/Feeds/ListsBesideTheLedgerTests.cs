using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Tests.Feeds;

/// <summary>Lists whose pages come from the rows or from the ledger: which of them nobody can tell, and neither gives out what is old.</summary>
public sealed class ListsBesideTheLedgerTests(WrittenRowsTests.LaneDistrict district) : IClassFixture<WrittenRowsTests.LaneDistrict>
{
    private const string List = "/odata/public/ListEntries";
    private const string Five = "odata.maxpagesize=5";

    [Theory]
    [InlineData("")]
    [InlineData("?$select=SubjectName")]
    [InlineData("?$filter=Recogniser eq 'tax'&$count=true")]
    public async Task The_tag_of_a_page_does_not_tell_that_something_hidden_was_written(string query)
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(30);
        await district.FollowAsync();
        var before = await FeedDistrict.AskAsync(client, List + query, Five);

        // The rows are those of the newest state no longer: the page comes from the ledger.
        await RunAsync($"UPDATE core.list_entry SET facts = facts WHERE id = '{seeded[1]}'");
        var after = await FeedDistrict.AskAsync(client, List + query, Five);

        after.Headers["Credit-Lane"].ShouldNotBe("kept", "else nothing was written");
        after.Body.GetRawText().ShouldBe(before.Body.GetRawText());
        after.Headers["ETag"].ShouldBe(before.Headers["ETag"]);
        before.Next.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_that_goes_on_has_another_tag_when_its_next_link_leads_to_another_state()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(30);
        await district.FollowAsync();
        var before = await FeedDistrict.AskAsync(client, List, Five);
        (await FeedDistrict.AskAsync(client, List + "?$select=Facts", Five)).Headers["ETag"].ShouldBe(before.Headers["ETag"]);

        await district.ChangeAsync(seeded[28], 2);
        await district.FollowAsync();
        var after = await FeedDistrict.AskAsync(client, List, Five);

        after.Rows.Select(row => row.GetRawText()).ShouldBe(before.Rows.Select(row => row.GetRawText()));
        after.Headers["ETag"].ShouldNotBe(before.Headers["ETag"], "who is told that nothing changed keeps a link that is soon dead");
    }

    [Fact]
    public async Task What_is_answered_before_the_ledger_comes_to_the_day_is_not_kept()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(12);
        await district.FollowAsync();
        district.Clock.Advance(CivilClock.StartOf(district.Clock.Today().AddDays(1)) - district.Clock.GetUtcNow());
        (await FeedDistrict.AskAsync(client, List, "track-changes,odata.maxpagesize=1000")).Delta.ShouldBeNull();
        await FeedDistrict.AskAsync(client, List, Five);
        (await FeedDistrict.AskAsync(client, List, Five)).Headers["Credit-Lane"].ShouldNotBe("kept");

        await district.FollowAsync();

        (await FeedDistrict.AskAsync(client, List, "track-changes,odata.maxpagesize=1000")).Delta.ShouldNotBeNull();
        await FeedDistrict.AskAsync(client, List, Five);
        (await FeedDistrict.AskAsync(client, List, Five)).Headers["Credit-Lane"].ShouldBe("kept");
    }

    [Fact]
    public async Task A_filtered_page_of_a_large_set_is_of_its_own_moment()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(30);
        await district.FollowAsync();
        await RunAsync("UPDATE feed.set_state SET rows = rows + 200000 WHERE set_name = 'public/ListEntries'");
        var whole = (await FeedDistrict.AskAsync(client, List, Five)).Next!;
        var first = await FeedDistrict.AskAsync(client, List + "?$filter=Recogniser eq 'tax'", Five);
        var filtered = first.Next!;
        await RunAsync("UPDATE feed.set_state SET rows = rows - 200000 WHERE set_name = 'public/ListEntries'");

        await district.SeedAsync(2);
        await district.FollowAsync();
        district.Clock.Advance(TimeSpan.FromSeconds(1));
        await district.CompactAsync();

        (await FeedDistrict.AskAsync(client, whole)).Status.ShouldBe(410, "it was of a state");
        var second = await FeedDistrict.AskAsync(client, filtered);
        second.Status.ShouldBe(200);

        // And says of which: no page claims to be of the moment of the first.
        second.Position.ShouldBeGreaterThan(first.Position);
        string.CompareOrdinal(second.Headers["Credit-As-Of"], first.Headers["Credit-As-Of"]).ShouldBePositive();
    }

    [Fact]
    public async Task A_text_that_an_owner_blanks_by_hand_leaves_the_ledger_though_the_log_tells_of_nothing()
    {
        using var client = district.Anonymous();
        var seeded = await district.SeedAsync(12);
        await district.FollowAsync();
        var position = (await FeedDistrict.AskAsync(client, List)).Position;
        district.Clock.Advance(TimeSpan.FromMinutes(10));

        await RunAsync($"UPDATE core.list_entry SET facts = '已删' WHERE id = '{seeded[2]}'");
        (await district.FollowAsync()).ShouldBeTrue();

        (await LedgerAsync(seeded[2])).ShouldContain("已删");
        (await FeedDistrict.AskAsync(client, List)).Position.ShouldBeGreaterThan(position);

        // Within the minute nothing is compared; the marks stay, and lists read the rows.
        await RunAsync($"UPDATE core.list_entry SET facts = '再删' WHERE id = '{seeded[2]}'");
        (await district.FollowAsync()).ShouldBeFalse();
        (await FeedDistrict.AskAsync(client, List + "?$top=1000", "odata.maxpagesize=1000")).Body.GetRawText().ShouldContain("再删");

        // Nor does a change that the log tells of hide the other one.
        await district.ChangeAsync(seeded[4], 2);
        await district.FollowAsync();
        (await FeedDistrict.AskAsync(client, List + "?$top=999", "odata.maxpagesize=1000")).Body.GetRawText().ShouldContain("再删");

        district.Clock.Advance(TimeSpan.FromMinutes(10));
        await district.FollowAsync();
        (await LedgerAsync(seeded[2])).ShouldContain("再删");
    }

    [Fact]
    public async Task Rows_are_formed_anew_when_what_scrubs_them_is_defined_otherwise()
    {
        await district.SeedAsync(12);
        await district.FollowAsync();
        (await district.FollowAsync()).ShouldBeFalse();

        await RunAsync("CREATE FUNCTION pub.scrubbed_otherwise(text text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '' $$");
        (await district.FollowAsync()).ShouldBeTrue();
        (await district.FollowAsync()).ShouldBeFalse("it is told once");
    }

    private async Task<string> LedgerAsync(Guid key)
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT \"row\"::text FROM feed.row_version WHERE set_name = 'public/ListEntries' AND key = '{key}' AND ended IS NULL", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string text)
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
