using System.Text.Json;

namespace Credit.Core.Tests.OData;

public sealed class PagingTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Samples = "/odata/public/Samples";

    [Theory]
    [InlineData("")]
    [InlineData("$orderby=Name")]
    [InlineData("$orderby=Name%20desc")]
    [InlineData("$orderby=Day,Number%20desc")]
    [InlineData("$orderby=Day%20desc,Number%20desc,Name,At%20desc")]
    [InlineData("$orderby=At%20desc")]
    [InlineData("$orderby=Big%20desc")]
    [InlineData("$orderby=Id%20desc")]
    [InlineData("$orderby=Note")]
    [InlineData("$orderby=Note%20desc")]
    [InlineData("$orderby=Score%20desc,Amount,Until%20desc")]
    [InlineData("$orderby=Amount,Score")]
    [InlineData("$orderby=length(Note)%20desc")]
    [InlineData("$orderby=Score%20add%20Number,Name%20desc")]
    [InlineData("$orderby=Number%20div%20Score")]
    [InlineData("$compute=Score%20mul%202%20as%20Twice&$orderby=Twice%20desc")]
    [InlineData("$orderby=Name,Id%20desc")]
    [InlineData("$filter=Number%20lt%205&$orderby=Number")]
    [InlineData("orderby=Number&filter=Number%20lt%205")]
    public async Task Pages_over_ties_lose_and_double_nothing(string query)
    {
        foreach (var size in new[] { 1, 7, 50 })
        {
            var pages = await PagesAsync($"{Samples}?{query}", size);
            var rows = pages.SelectMany(page => page.Rows).Select(row => row.GetProperty("Plain").GetString()).ToArray();

            rows.ShouldBeUnique();
            rows.Length.ShouldBe(query.Contains("ilter", StringComparison.Ordinal) ? OData.Samples.Mirror.Count(row => row.Number < 5) : OData.Samples.Count);
            pages.SkipLast(1).ShouldAllBe(page => page.Rows.Count == size);
        }
    }

    [Fact]
    public async Task Rows_come_in_the_order_asked_for()
    {
        var rows = (await PagesAsync($"{Samples}?$orderby=Day%20desc,Number", 50)).SelectMany(page => page.Rows)
            .Select(row => (Day: row.GetProperty("Day").GetString()!, Number: row.GetProperty("Number").GetInt32())).ToArray();

        rows.ShouldBe(rows.OrderByDescending(row => row.Day, StringComparer.Ordinal).ThenBy(row => row.Number).ToArray());
    }

    [Theory]
    [InlineData("odata.maxpagesize=7", 7)]
    [InlineData("maxpagesize=7", 7)]
    [InlineData("respond-async, odata.maxpagesize=7;foo=bar", 7)]
    [InlineData("return=minimal, odata.maxpagesize=7", 7)]
    [InlineData("odata.maxpagesize=5000", 50)]
    public async Task A_page_size_is_preferred_up_to_the_most(string preference, int size)
    {
        var answer = await feed.AskAsync(Samples, ("Prefer", preference));

        answer.Rows.Count.ShouldBe(size);
        if (size != 20)
        {
            answer.Headers["Preference-Applied"].ShouldBe($"{(preference.Contains("odata.", StringComparison.Ordinal) ? "odata." : "")}maxpagesize={size}");
        }
    }

    [Fact]
    public async Task Top_ends_the_list_across_pages()
    {
        var pages = await PagesAsync($"{Samples}?$top=45&$orderby=Name", null);

        pages.Select(page => page.Rows.Count).ShouldBe([20, 20, 5]);
        pages.SelectMany(page => page.Rows).Select(row => row.GetProperty("Plain").GetString()).ShouldBeUnique();
    }

    [Fact]
    public async Task Skip_goes_before_the_pages_and_only_once()
    {
        var whole = (await PagesAsync($"{Samples}?$orderby=Big", null)).SelectMany(page => page.Rows).Select(row => row.GetProperty("Plain").GetString()).ToArray();

        var skipped = (await PagesAsync($"{Samples}?$orderby=Big&$skip=230", null)).SelectMany(page => page.Rows).Select(row => row.GetProperty("Plain").GetString()).ToArray();

        skipped.ShouldBe(whole[230..]);
        (await feed.AskAsync($"{Samples}?$skip=10000")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Count_is_of_all_that_pass_the_filter_whatever_the_page()
    {
        var expected = OData.Samples.Mirror.Count(row => row.Number == 3);

        var answer = await feed.AskAsync($"{Samples}?$count=true&$top=2&$filter=Number%20eq%203");

        answer.Json.GetProperty("@odata.count").GetInt32().ShouldBe(expected);
        answer.Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_place_of_another_order_is_refused()
    {
        var token = new Uri((await feed.AskAsync($"{Samples}?$orderby=Number")).NextLink!).Query.Split("$skiptoken=")[1].Split('&')[0];

        (await feed.AskAsync($"{Samples}?$orderby=Number&$skiptoken={token}")).Status.ShouldBe(200);
        foreach (var other in new[] { "Number%20desc", "Big", "Number,Name" })
        {
            (await feed.AskAsync($"{Samples}?$orderby={other}&$skiptoken={token}")).Status.ShouldBe(400);
        }
    }

    [Fact]
    public async Task A_row_is_found_by_its_key_and_shows_the_columns_selected()
    {
        var id = (await feed.AskAsync($"{Samples}?$top=1")).Rows[0].GetProperty("Id").GetString();

        var plain = await feed.AskAsync($"{Samples}({id})");
        var named = await feed.AskAsync($"{Samples}(Id={id})?$select=Name,Day");

        plain.Json.GetProperty("Id").GetString().ShouldBe(id);
        plain.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("/odata/public/$metadata#Samples/$entity");
        named.Json.EnumerateObject().Select(member => member.Name).Where(name => !name.StartsWith('@')).ShouldBe(["Name", "Day"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(Samples)]
    [InlineData(Samples + "/$count")]
    [InlineData("/odata/public/$metadata")]
    [InlineData("/odata/public")]
    [InlineData("/odata/public/")]
    [InlineData(Samples + "?$top=nope")]
    public async Task Head_says_what_get_says_without_the_body(string address)
    {
        var get = await feed.AskAsync(address);
        var head = await feed.AskAsync("HEAD", address);

        head.Status.ShouldBe(get.Status);
        head.Body.ShouldBeEmpty();
        head.Headers["Content-Type"].ShouldBe(get.Headers["Content-Type"]);
        head.Headers["Content-Length"].ShouldBe(get.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Every_answer_says_what_it_is_as_of()
    {
        var answer = await feed.AskAsync(Samples);

        answer.Headers["Credit-Position"].ShouldBe("0");
        answer.Headers["Credit-As-Of"].ShouldBe("2026-11-24T02:00:00.000Z");
        answer.Headers["OData-Version"].ShouldBe("4.0");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;odata.metadata=minimal;q=1.0, application/xml;q=0.1")]
    [InlineData("application/json;odata.metadata=minimal;odata.streaming=true")]
    [InlineData("text/html, */*;q=0.8")]
    [InlineData("application/*")]
    [InlineData("application/json;odata.metadata=full, application/json")]
    public async Task Json_is_given_to_who_accepts_it(string accept) => (await feed.AskAsync(Samples, ("Accept", accept))).Status.ShouldBe(200);

    [Fact]
    public async Task Metadata_is_xml_or_json_as_wanted()
    {
        (await feed.AskAsync("/odata/public/$metadata", ("Accept", "text/html"))).Status.ShouldBe(406);
        (await feed.AskAsync("/odata/public/$metadata?$format=json")).Json.GetProperty("$EntityContainer").GetString().ShouldBe("Credit.PublicContainer");
        (await feed.AskAsync("/odata/public/$metadata", ("Accept", "application/json"))).Json.GetProperty("$Version").GetString().ShouldBe("4.01");
        (await feed.AskAsync("/odata/public/$metadata", ("Accept", "application/xml"))).Body.ShouldStartWith("<edmx:Edmx Version=\"4.0\"");
    }

    private async Task<List<FeedAnswer>> PagesAsync(string target, int? size)
    {
        (string, string)[] headers = size is null ? [] : [("Prefer", $"odata.maxpagesize={size}")];
        List<FeedAnswer> pages = [];
        for (string? next = target; next is not null;)
        {
            var page = await feed.AskAsync(next, headers);
            page.Status.ShouldBe(200, page.Body);
            pages.Add(page);
            next = page.NextLink is { } link ? new Uri(link).PathAndQuery : null;
            pages.Count.ShouldBeLessThan(400);
        }

        return pages;
    }
}
