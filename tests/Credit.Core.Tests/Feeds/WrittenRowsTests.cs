using Credit.Core.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Feeds;

/// <summary>Lists give out rows as the ledger wrote them down, as long as these are the rows of now and no longer.</summary>
public sealed class WrittenRowsTests(WrittenRowsTests.LaneDistrict district) : IClassFixture<WrittenRowsTests.LaneDistrict>
{
    private const string List = "/odata/public/ListEntries";

    private static int _asked;

    // Of each test its own: they share a ledger.
    private readonly string _planted = $"只在第{Interlocked.Increment(ref _asked)}簿中";

    [Theory]
    [InlineData("")]
    [InlineData("$top=5")]
    [InlineData("$filter=Recogniser eq 'tax'&$count=true")]
    [InlineData("$orderby=Domain desc,SubjectName&$skip=3&$top=7")]
    [InlineData("$filter=startswith(SubjectName,'任城') and ValidTo gt 2026-12-01&$orderby=ValidTo desc")]
    [InlineData("$expand=RecogniserDepartment")]
    [InlineData("$expand=RecogniserDepartment($select=Name)&$filter=List eq 'Watch'&$top=4")]
    [InlineData("$expand=RecogniserDepartment($filter=Kind eq 'nothing')&$top=4")]
    [InlineData("$expand=RecogniserDepartment&$select=Id,SubjectName")]
    [InlineData("$select=Facts")]
    public async Task Both_lanes_give_the_same_bytes_page_by_page(string query)
    {
        await district.SeedAsync(60);
        await district.FollowAsync();
        foreach (var headers in new (string, string)[][] { [], [("OData-MaxVersion", "4.01")], [("Accept", "application/json;odata.metadata=none")], [("Accept", "application/x-ndjson")] })
        {
            // Lines have room for neither ways nor counts.
            if ((query.Contains("expand", StringComparison.Ordinal) || query.Contains("$count", StringComparison.Ordinal)) && headers is [("Accept", "application/x-ndjson")])
            {
                continue;
            }

            string? next = $"{List}?{query}";
            for (var page = 0; next is not null && page < 5; page++)
            {
                (string, string)[] asked = [.. headers, ("Prefer", "odata.maxpagesize=7")];
                var fast = await AskAsync(next, asked);
                var full = await AskAsync(next, [.. asked, ("Credit-Lane", "full")]);

                full.Lane.ShouldBe("full");
                fast.Body.ShouldBe(full.Body);
                next = fast.Next;
            }
        }
    }

    [Fact]
    public async Task Rows_are_given_out_as_written_down_until_anything_is_written_and_again_when_the_ledger_knows_of_it()
    {
        var seeded = await district.SeedAsync(12);
        await district.FollowAsync();
        (await AskFreshAsync()).Body.ShouldNotContain(_planted);
        await PlantAsync(seeded[0]);
        var written = await AskFreshAsync();
        (written.Lane, written.Body.Contains(_planted, StringComparison.Ordinal)).ShouldBe(("fast", true), "else nothing here is read from the ledger");

        await district.ChangeAsync(seeded[2], 2);
        (await AskFreshAsync()).Body.ShouldNotContain(_planted);
        (await AskFreshAsync()).Body.ShouldNotContain(_planted);

        await district.FollowAsync();
        (await AskFreshAsync()).Body.ShouldContain(_planted);
    }

    [Fact]
    public async Task A_row_the_ledger_lost_is_shown_all_the_same()
    {
        var seeded = await district.SeedAsync(12);
        await district.FollowAsync();
        await PlantAsync(seeded[0]);
        await RunAsync($"UPDATE feed.row_version SET set_name = 'lost' WHERE set_name = 'public/ListEntries' AND key = '{seeded[4]}'");

        var answer = await AskFreshAsync();
        await RunAsync("UPDATE feed.row_version SET set_name = 'public/ListEntries' WHERE set_name = 'lost'");

        answer.Body.ShouldContain($"{seeded[4]}");
        answer.Body.ShouldNotContain(_planted);
    }

    [Fact]
    public async Task Rows_in_the_form_of_another_release_are_not_given_out()
    {
        var seeded = await district.SeedAsync(12);
        await district.FollowAsync();
        await PlantAsync(seeded[0]);
        (await AskFreshAsync()).Body.ShouldContain(_planted);
        await RunAsync("UPDATE feed.followed SET shape = '\\x00' WHERE set_name = 'public/ListEntries'");
        district.Services.GetRequiredService<FeedNews>().Tell();

        (await AskFreshAsync()).Body.ShouldNotContain(_planted);
    }

    [Fact]
    public async Task At_midnight_the_rows_of_yesterday_are_those_of_now_no_longer()
    {
        var seeded = await district.SeedAsync(12);
        await district.FollowAsync();
        await PlantAsync(seeded[0]);
        (await AskFreshAsync()).Body.ShouldContain(_planted);

        district.Clock.Advance(TimeSpan.FromDays(1));

        (await AskFreshAsync()).Body.ShouldNotContain(_planted);
    }

    // Asked for the first time each time: kept answers are another matter.
    private Task<(string? Lane, string Body, string? Next)> AskFreshAsync() => AskAsync($"{List}?$filter=Domain ne 'x{Interlocked.Increment(ref _asked)}'&$top=1000", ("Prefer", "odata.maxpagesize=1000"));

    private async Task<(string? Lane, string Body, string? Next)> AskAsync(string address, params (string Name, string Value)[] headers)
    {
        using var client = district.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, body);
        var link = answer.Headers.TryGetValues("Link", out var links) ? links.SelectMany(each => each.Split(", ")).FirstOrDefault(each => each.EndsWith("rel=\"next\"", StringComparison.Ordinal)) : null;
        var next = body.StartsWith("{\"", StringComparison.Ordinal) && !body.Contains('\n', StringComparison.Ordinal)
            ? System.Text.Json.JsonDocument.Parse(body).RootElement.EnumerateObject().Where(member => member.Name.EndsWith("nextLink", StringComparison.Ordinal)).Select(member => member.Value.GetString()).FirstOrDefault()
            : null;
        return (answer.Headers.TryGetValues("Credit-Lane", out var lane) ? lane.Single() : null, body, next ?? link?[1..link.IndexOf('>', StringComparison.Ordinal)]);
    }

    private Task PlantAsync(Guid key) => RunAsync(
        $"UPDATE feed.row_version SET \"row\" = replace(\"row\"::text, '逾期申报', '{_planted}')::json WHERE set_name = 'public/ListEntries' AND key = '{key}' AND ended IS NULL");

    private async Task RunAsync(string text)
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    /// <summary>Tells which lane answered.</summary>
    public sealed class LaneDistrict : FeedDistrict
    {
        protected override IReadOnlyList<string> Settings => ["--Feeds:ShowLane", "true"];
    }
}
