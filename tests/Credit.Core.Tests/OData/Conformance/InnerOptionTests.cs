using System.Text.Json;
using Credit.OData;
using Microsoft.AspNetCore.Http;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>What stands inside an expansion, a count or an address means what it means outside, and is bounded with it.</summary>
public sealed class InnerOptionTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    [Theory]
    [InlineData("Members/$count,Members($filter=Flag)")]
    [InlineData("Members/$count($filter=not Flag),Members($filter=Flag;$search=n1 OR O'Neil)")]
    public async Task A_way_followed_twice_goes_on_as_its_rows_were_asked_for(string expand)
    {
        var group = (await feed.AskAsync($"{Root}SampleGroups?$filter=Name%20eq%20'n1'&$expand={Uri.EscapeDataString(expand)}")).Rows.Single();
        var members = group.GetProperty("Members").EnumerateArray().ToList();
        for (var next = group.GetProperty("Members@odata.nextLink").GetString(); next is not null;)
        {
            var page = await feed.AskAsync(new Uri(next).PathAndQuery);
            page.Status.ShouldBe(200, page.Body);
            members.AddRange(page.Rows);
            next = page.NextLink;
        }

        members.Select(Plain).ShouldBe(Samples.Mirror.Where(row => row.Name == "n1" && row.Flag).Select(row => row.Plain), ignoreOrder: true);
    }

    [Theory]
    [InlineData("info@x.cn", "\"info@x.cn\"")]
    [InlineData("+86", "\"+86\"")]
    [InlineData("O'Neil", "\"O'Neil\"")]
    [InlineData("null OR NOT TRUE", "\"null\" OR NOT \"TRUE\"")]
    [InlineData("(a divby) b", "(\"a\" \"divby\") \"b\"")]
    [InlineData("@p $it", "\"@p\" \"$it\"")]
    [InlineData("\"a;b)(c'\" d", "\"a;b)(c'\" \"d\"")]
    [InlineData("\"a\\\"b@p;\"", "\"a\\\"b@p;\"")]
    public async Task Words_of_an_inner_search_are_those_that_were_written(string search, string quoted)
    {
        foreach (var option in new[] { "$search", "search", "$SEARCH" })
        {
            var request = SetRequest.Read(new HeaderDictionary(), $"?$expand=Members({option}={Uri.EscapeDataString(search)};$top=1)&@p=1");
            QueryText.Unsheltered(request.Expand!).ShouldBe($"Members($search={quoted};$top=1)");
        }

        var escaped = Uri.EscapeDataString(search);
        foreach (var target in new[] { $"SampleGroups?$expand=Members($search={escaped} OR n1;$top=1)", $"SampleGroups?$filter=Members/$count($search={escaped}) ge 0", $"SampleGroups?$expand=Members/$count($search={escaped})" })
        {
            var answer = await feed.AskAsync(Root + target.Replace(" ", "%20", StringComparison.Ordinal));
            answer.Status.ShouldBe(200, $"{target} {answer.Body}");
        }
    }

    [Fact]
    public async Task A_search_in_a_count_finds_what_the_same_finds_outside()
    {
        var expected = Samples.Mirror.Count(row => row.Name == "n1" && row.Note == "注%_1");

        foreach (var search in new[] { "%_1", "\"注%_1\"", "(O'Neil OR %_1)" })
        {
            var answer = await feed.AskAsync($"{Root}SampleGroups/$count?$filter={Uri.EscapeDataString($"Name eq 'n1' and Members/$count($search={search}) eq {expected}")}");
            answer.Body.ShouldBe("1", search);
        }
    }

    [Fact]
    [Trait("Invariant", "X29")]
    public async Task Nodes_of_conditions_inside_count_with_the_rest()
    {
        var counted = $"Members/$count($filter={string.Join(" or ", Enumerable.Range(0, 15).Select(number => $"Number eq {number}"))}) ge 0";

        var once = await feed.AskAsync($"{Root}SampleGroups?$filter={Uri.EscapeDataString(counted)}");
        var twice = await feed.AskAsync($"{Root}SampleGroups?$filter={Uri.EscapeDataString($"{counted} and {counted}")}");

        once.Status.ShouldBe(200, once.Body);
        (twice.Status, twice.ErrorCode).ShouldBe((400, "query-too-large"));
    }

    [Fact]
    public async Task Groups_are_made_of_the_rows_that_the_address_leads_to()
    {
        var counted = await feed.AskAsync($"{Root}Samples/$filter(Flag)?$apply=aggregate($count%20as%20Rows)");
        var grouped = await feed.AskAsync($"{Root}Samples/$filter(Flag%20and%20Number%20lt%203)?$apply=groupby((Number))");

        counted.Rows.Single().GetProperty("Rows").GetInt64().ShouldBe(Samples.Mirror.Count(row => row.Flag));
        grouped.Rows.Select(row => row.GetProperty("Number").GetInt32()).ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    private static string Plain(JsonElement row) => row.GetProperty("Plain").GetString()!;
}
