using static Credit.Core.Tests.OData.Refusals;

namespace Credit.Core.Tests.OData;

/// <summary>What is hidden cannot be told from what never was, and a fault of the database tells nothing of itself.</summary>
public sealed class HostileSecrecyTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    [Fact]
    public async Task A_hidden_column_answers_exactly_as_one_that_never_was()
    {
        // identifier_mask is a column of the view. What the model shows and does not let be asked for is no secret: that is 501.
        foreach (var template in new[] { "$filter={0}%20eq%20'x'", "$orderby={0}", "$filter=startswith({0},'x')", "$filter={0}%20in%20('x')", "$filter=not%20contains({0},'x')", "$filter={0}%20eq%20null" })
        {
            foreach (var (set, hidden) in new[] { ("ListEntries", "IdentifierMask"), ("ListEntries", "Polarity"), ("ListEntries", "SubjectMask") })
            {
                await SameAsync(set, template, hidden);
            }
        }

        foreach (var template in new[] { "$select={0}", "$expand={0}", "$compute={0}%20as%20X", "$apply=groupby(({0}))", "{0}=x" })
        {
            await SameAsync("ListEntries", template, "IdentifierMask");
        }
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 503)]
    [InlineData(3, 500)]
    public async Task A_fault_of_the_database_leaks_nothing(int kind, int status)
    {
        var answer = await feed.AskAsync($"/odata/public/Failing?$filter=Kind%20eq%20{kind}");

        answer.Status.ShouldBe(status);
        answer.Headers.ContainsKey("Retry-After").ShouldBe(status == 503);
        Blank(answer);
    }

    private async Task SameAsync(string set, string template, string hidden)
    {
        var real = await feed.AskAsync($"/odata/public/{set}?{string.Format(null, template, hidden)}");
        var never = await feed.AskAsync($"/odata/public/{set}?{string.Format(null, template, "Q" + hidden[1..])}");
        (real.Status, real.Body.Replace(hidden, "?", StringComparison.Ordinal)).ShouldBe(
            (never.Status, never.Body.Replace("Q" + hidden[1..], "?", StringComparison.Ordinal)), template);
        real.Status.ShouldBeGreaterThanOrEqualTo(400);
    }
}
