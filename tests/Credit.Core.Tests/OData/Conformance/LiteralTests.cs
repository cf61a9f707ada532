namespace Credit.Core.Tests.OData.Conformance;

/// <summary>What is made of literals alone means what it means where a column stands in the place of one (URL conventions, 5.1.1).</summary>
public sealed class LiteralTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    [Theory]
    [InlineData("round(2.5) eq 3 and round(-2.5) eq -3 and round(0.5) eq 1 and round(3.5) eq 4")]
    [InlineData("floor(-0.5) eq -1 and ceiling(-0.5) eq 0")]
    [InlineData("'B' lt 'a' and 'Z' lt 'a' and not ('a' lt 'B')")]
    [InlineData("length('𠮷') eq 1 and substring('𠮷a',1) eq 'a' and indexof('𠮷a','a') eq 1")]
    [InlineData("substring('abc',5) eq '' and substring('abc',1,1) eq 'b' and substring('abc',-1) eq 'c'")]
    [InlineData("substring(Name,5) eq substring('n1',5)")]
    [InlineData("5 mod 3 eq 2 and 7 div 2 eq 3 and -7 div 2 eq -3 and -7 mod 2 eq -1 and 7 divby 2 eq 3.5")]
    [InlineData("1 add 2 mul 3 eq 7 and 0.1 add 0.2 eq 0.3 and -(2 add 3) eq -5")]
    [InlineData("2147483647 add 3000000000 gt 0 and 9223372036854775807 add 1.5 gt 0")]
    [InlineData("tolower('ABC') eq 'abc' and toupper('a') eq 'A' and trim(' a ') eq 'a' and concat('a','b') eq 'ab'")]
    [InlineData("contains('ABC','B') and not contains('ABC','b') and startswith('ABC','A') and endswith('ABC','C') and indexof('ABC','b') eq -1")]
    [InlineData("year(2026-01-02) eq 2026 and hour(2026-01-01T23:00:00Z) eq 23 and date(2026-01-01T23:00:00Z) eq 2026-01-01")]
    [InlineData("1 in (1,2) and not (3 in (1,2)) and 'a' in ('a')")]
    public async Task Literals_are_worked_out_as_columns_are(string filter)
    {
        var answer = await feed.AskAsync($"/odata/public/Samples/$count?$filter={Uri.EscapeDataString(filter)}");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Body.ShouldBe($"{Samples.Count}");
    }

    [Theory]
    [InlineData("2147483647 add 1 gt 0")]
    [InlineData("2147483647 mul 2 gt 0")]
    [InlineData("9223372036854775807 add 1 gt 0")]
    [InlineData("9223372036854775807 mul 2 lt 0")]
    [InlineData("-9223372036854775808 div -1 gt 0")]
    [InlineData("-9223372036854775807 sub 2 gt 0")]
    public async Task What_is_too_large_is_refused_and_does_not_wrap_around(string filter)
    {
        var answer = await feed.AskAsync($"/odata/public/Samples?$top=1&$filter={Uri.EscapeDataString(filter)}");

        Refusals.Refused(answer);
        answer.Status.ShouldBe(400, answer.Body);
    }

    [Fact]
    public async Task Computed_literals_too()
    {
        var row = (await feed.AskAsync("/odata/public/Samples?$top=1&$compute=round(2.5)%20as%20R,1%20add%201%20as%20Two&$select=R,Two&$orderby=1%20add%201")).Rows[0];

        row.GetProperty("R").GetDecimal().ShouldBe(3);
        row.GetProperty("Two").GetInt32().ShouldBe(2);
    }
}
