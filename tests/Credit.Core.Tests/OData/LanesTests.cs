using System.Text.Json;

namespace Credit.Core.Tests.OData;

/// <summary>Two lanes, one answer: the same bytes, whichever answers.</summary>
public sealed class LanesTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Samples = "/odata/public/Samples";

    [Theory]
    [InlineData("")]
    [InlineData("?$top=7")]
    [InlineData("?$skip=250")]
    [InlineData("?$count=true&$top=3")]
    [InlineData("?$select=Name,Note&$orderby=Number desc")]
    [InlineData("?$filter=Note eq null&$orderby=Day,Name desc")]
    [InlineData("?$filter=not contains(Note,'1') and Score in (1,3)")]
    [InlineData("?$filter=Amount lt 2.25 or At ge 2026-01-01T05:00:00Z")]
    [InlineData("?$filter=matchesPattern(Name,'%5En[13]$') and not matchesPattern(Note,'[%5Ex]_1')&$count=true")]
    [InlineData("?$filter=matchesPattern(Note,'(%25%7C_)%2B[0-2]') or Score eq 1&$orderby=Number desc&$top=9")]
    [InlineData("?$expand=Group")]
    [InlineData("?$expand=Twins&$top=9")]
    [InlineData("?$expand=Twins($select=Name;$filter=Flag and Score ne null;$orderby=Score desc,Name;$top=3),Group($select=Title)&$orderby=Note desc&$filter=Big gt 9000000000")]
    [InlineData("?$expand=Twins($top=30;$skip=2)&$top=3&$count=true&$select=Name")]
    [InlineData("?$expand=Twins($filter=Number eq 99)&$top=3")]
    [InlineData("SampleGroups?$expand=Members")]
    [InlineData("/$count")]
    [InlineData("/$count?$filter=Until le 2026-06-01")]
    public async Task Both_lanes_answer_with_the_same_bytes(string query)
    {
        var target = (query.StartsWith('S') ? "/odata/public/" : Samples) + query.Replace(" ", "%20", StringComparison.Ordinal);

        var fast = await feed.AskAsync(target);
        var full = await feed.AskAsync(target, ("Credit-Lane", "full"));

        fast.Headers["Credit-Lane"].ShouldBe("fast");
        full.Headers["Credit-Lane"].ShouldBe("full");
        fast.Status.ShouldBe(200, fast.Body);
        fast.Body.ShouldBe(full.Body);
        fast.Headers["Content-Type"].ShouldBe(full.Headers["Content-Type"]);
    }
}
