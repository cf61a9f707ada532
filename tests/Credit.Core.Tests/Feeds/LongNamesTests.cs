using System.Web;
using Npgsql;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Feeds;

/// <summary>The place after a row is in the address of the next page: an address is short, though names are not.</summary>
public sealed class LongNamesTests(FeedDistrict district, ITestOutputHelper output) : IClassFixture<FeedDistrict>
{
    [Theory]
    [InlineData("?$orderby=SubjectName")]
    [InlineData("?$orderby=SubjectName desc,Domain&$select=SubjectName,Id")]
    [InlineData("?$orderby=concat(SubjectName,Domain)")]
    public async Task A_next_link_after_a_name_of_two_hundred_characters_is_far_from_the_longest_address(string query)
    {
        using var client = district.Anonymous();
        await district.SeedAsync(12);
        await district.FollowAsync();

        // Of the basic plane, with signs that JSON escapes, and of the planes beyond, in which rare family names are.
        await RunAsync("UPDATE core.list_entry SET subject_name = (SELECT string_agg(chr(19968 + (i * 37 + ascii(md5(id::text))) % 20000), '') FROM generate_series(1, 196) i) || '\"\\.[' ");
        await FollowAsync();
        await ReadAsync(client, query, 200, 1500);
        await RunAsync("UPDATE core.list_entry SET subject_name = (SELECT string_agg(chr(131072 + (i * 37 + ascii(md5(id::text))) % 40000), '') FROM generate_series(1, 200) i)");
        await FollowAsync();
        await ReadAsync(client, query, 400, 1700);
    }

    // What no entry tells of is looked for now and then.
    private Task<bool> FollowAsync()
    {
        district.Clock.Advance(TimeSpan.FromMinutes(2));
        return district.FollowAsync();
    }

    private async Task ReadAsync(HttpClient client, string query, int units, int longest)
    {
        var shown = (await FeedDistrict.NowAsync(client, "/odata/public/ListEntries")).Count;
        foreach (var prefer in new[] { "odata.maxpagesize=2", "odata.maxpagesize=2,odata.track-changes" })
        {
            var pages = await FeedDistrict.PagesAsync(client, "/odata/public/ListEntries" + query, prefer);
            pages.ShouldAllBe(page => page.Status == 200);
            pages.SelectMany(page => page.Rows).Select(row => row.GetProperty("SubjectName").GetString()!).ShouldAllBe(name => name.Length == units);
            pages.SelectMany(page => page.Rows).Select(row => row.GetProperty("Id").GetString()).Distinct().Count().ShouldBe(shown);
            var link = pages.Select(page => page.Next).OfType<string>().MaxBy(each => each.Length)!;
            output.WriteLine($"{query} {prefer}: {link.Length} characters, token {HttpUtility.ParseQueryString(new Uri(link).Query)["$skiptoken"]!.Length}");
            link.Length.ShouldBeLessThan(longest);
        }
    }

    private async Task RunAsync(string text)
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
