namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Transformations of the standard that are none of the profile are refused by their names.</summary>
public sealed class TransformationTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    [Theory]
    [InlineData("concat(identity,aggregate($count%20as%20N))")]
    [InlineData("identity")]
    [InlineData("topcount(2,Number)")]
    [InlineData("topsum(2,Number)")]
    [InlineData("toppercent(50,Number)")]
    [InlineData("bottomcount(2,Number)")]
    [InlineData("bottomsum(2,Number)")]
    [InlineData("bottompercent(50,Number)")]
    [InlineData("search(n1)")]
    [InlineData("orderby(Number)")]
    [InlineData("top(1)")]
    [InlineData("skip(1)")]
    [InlineData("expand(Twins)")]
    [InlineData("join(Twins%20as%20T)")]
    [InlineData("outerjoin(Twins%20as%20T)")]
    [InlineData("nest(groupby((Name))%20as%20X)")]
    [InlineData("addnested(Twins,filter(Flag)%20as%20X)")]
    [InlineData("ancestors($root/Samples,X,Id,filter(Flag))")]
    [InlineData("descendants($root/Samples,X,Id,filter(Flag))")]
    [InlineData("traverse($root/Samples,X,Id,preorder)")]
    [InlineData("groupby((rollup(Name,Number)),aggregate($count%20as%20N))")]
    [InlineData("filter(Flag)/TopCount(2,Number)")]
    public async Task A_transformation_outside_the_profile_is_named(string apply)
    {
        var answer = await feed.AskAsync($"/odata/public/Samples?$apply={apply}");

        (answer.Status, answer.Json.GetProperty("error").GetProperty("target").GetString()).ShouldBe((501, "$apply"), answer.Body);
        var name = apply.Replace("filter(Flag)/", "", StringComparison.Ordinal).Split('(').First(word => word is not ("groupby" or "")).ToLowerInvariant();
        answer.Json.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(name);
    }
}
