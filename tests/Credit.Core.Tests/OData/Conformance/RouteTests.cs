using System.Text.Json;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Addresses of the URL conventions, part 4: each leads where it says, or nowhere.</summary>
public sealed class RouteTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    [Fact]
    public async Task A_row_is_found_by_its_key_in_every_spelling()
    {
        foreach (var address in new[] { "SampleGroups('n1')", "SampleGroups(Name='n1')", "SampleGroups(@k)?@k='n1'", "SampleGroups(%27n1%27)", "SampleGroups/Credit.SampleGroupRow('n1')", "SampleGroups('n1')/Credit.SampleGroupRow" })
        {
            var answer = await feed.AskAsync(Root + address);

            answer.Status.ShouldBe(200, address + answer.Body);
            answer.Json.GetProperty("Title").GetString().ShouldBe("组1");
            answer.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("$metadata#SampleGroups/$entity");
        }
    }

    [Theory]
    [InlineData("SampleGroups('n1')/Title", "组1")]
    [InlineData("SampleGroups('n1')/Name", "n1")]
    public async Task A_column_has_an_address(string path, string value)
    {
        var answer = await feed.AskAsync(Root + path);

        answer.Json.GetProperty("value").GetString().ShouldBe(value);
        answer.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("$metadata#" + path);
        var bare = await feed.AskAsync(Root + path + "/$value");
        (bare.Body, bare.Headers["Content-Type"]).ShouldBe((value, "text/plain; charset=utf-8"));
    }

    [Fact]
    public async Task A_column_that_is_null_is_no_content()
    {
        var empty = (await feed.AskAsync(Root + "Samples?$filter=Note%20eq%20null&$top=1")).Rows[0].GetProperty("Id").GetString();

        (await feed.AskAsync($"{Root}Samples({empty})/Note")).Status.ShouldBe(204);
        (await feed.AskAsync($"{Root}Samples({empty})/Note/$value")).Status.ShouldBe(204);
        (await feed.AskAsync($"{Root}Samples(00000000-0000-0000-0000-000000000000)/Note")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_collection_of_values_has_an_address_and_a_count()
    {
        var id = (await feed.AskAsync(Root + "Samples?$filter=Tags/$count%20eq%202&$top=1")).Rows[0].GetProperty("Id").GetString();

        (await feed.AskAsync($"{Root}Samples({id})/Tags")).Rows.Select(tag => tag.GetString()).ShouldBe(["a", "乙"]);
        (await feed.AskAsync($"{Root}Samples({id})/Tags/$count")).Body.ShouldBe("2");
        (await feed.AskAsync($"{Root}Samples({id})/Tags/$value")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Counts_are_bare_and_follow_filter_and_search()
    {
        foreach (var (address, count) in new[]
        {
            ("Samples/$count", Samples.Count),
            ("Samples/$count?$filter=Number%20eq%203", Samples.Mirror.Count(row => row.Number == 3)),
            ("Samples/$filter(Number%20eq%203)/$count", Samples.Mirror.Count(row => row.Number == 3)),
            ("Samples/$filter(@f)/$filter(Flag)/$count?@f=Number%20eq%203", Samples.Mirror.Count(row => row is { Number: 3, Flag: true })),
            ("Samples/$count?$search=n1", Samples.Mirror.Count(row => row.Name == "n1")),
            ("SampleGroups('n1')/Members/$count", Samples.Mirror.Count(row => row.Name == "n1")),
        })
        {
            var answer = await feed.AskAsync(Root + address);
            (answer.Body, answer.Headers["Content-Type"]).ShouldBe(($"{count}", "text/plain; charset=utf-8"), address);
        }
    }

    [Fact]
    public async Task Ways_lead_to_one_row_to_many_or_to_none()
    {
        var sample = (await feed.AskAsync(Root + "Samples?$filter=Name%20eq%20'n1'&$top=1")).Rows[0].GetProperty("Id").GetString();
        var lonely = (await feed.AskAsync(Root + "Samples?$filter=Name%20eq%20'n4'&$top=1")).Rows[0].GetProperty("Id").GetString();

        (await feed.AskAsync($"{Root}Samples({sample})/Group")).Json.GetProperty("Title").GetString().ShouldBe("组1");
        (await feed.AskAsync($"{Root}Samples({sample})/Group/Title/$value")).Body.ShouldBe("组1");
        (await feed.AskAsync($"{Root}Samples({lonely})/Group")).Status.ShouldBe(204);
        (await feed.AskAsync($"{Root}Samples({lonely})/Group/Title")).Status.ShouldBe(404);
        (await feed.AskAsync($"{Root}SampleGroups('none')/Members")).Status.ShouldBe(404);
        var members = await WholeAsync($"{Root}SampleGroups('n1')/Members?$filter=Flag&$orderby=Number%20desc");
        members.Select(row => row.GetProperty("Plain").GetString()).ShouldBe(
            Samples.Mirror.Where(row => row is { Name: "n1", Flag: true }).Select(row => row.Plain), ignoreOrder: true);
        members.Select(row => row.GetProperty("Number").GetInt32()).ShouldBeInOrder(SortDirection.Descending);
        (await feed.AskAsync($"{Root}SampleGroups('n1')/Members({sample})")).Json.GetProperty("Name").GetString().ShouldBe("n1");
        (await feed.AskAsync($"{Root}SampleGroups('n1')/Members({lonely})")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task References_carry_addresses_that_lead_to_the_rows()
    {
        var one = (await feed.AskAsync(Root + "Samples?$filter=Name%20eq%20'n1'&$top=1")).Rows[0].GetProperty("Id").GetString();
        var list = await feed.AskAsync(Root + "SampleGroups('n1')/Members/$ref?$top=2&$count=true");
        list.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("$metadata#Collection($ref)");
        list.Json.GetProperty("@odata.count").GetInt32().ShouldBe(Samples.Mirror.Count(row => row.Name == "n1"));
        foreach (var id in list.Rows.Select(row => row.GetProperty("@odata.id").GetString()!))
        {
            (await feed.AskAsync(new Uri(id).PathAndQuery)).Json.GetProperty("Name").GetString().ShouldBe("n1");
            (await feed.AskAsync(Root + "$entity?$id=" + Uri.EscapeDataString(id))).Json.GetProperty("Name").GetString().ShouldBe("n1");
        }

        var single = await feed.AskAsync($"{Root}Samples({one})/Group/$ref");
        single.Json.GetProperty("@odata.id").GetString()!.ShouldEndWith("/odata/public/SampleGroups('n1')");
        single.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("$metadata#$ref");
        (await feed.AskAsync(Root + "$entity?$id=SampleGroups('n1')&$select=Title")).Json.GetProperty("Title").GetString().ShouldBe("组1");
    }

    [Theory]
    [InlineData("samples", 404)]
    [InlineData("Samples/Name", 404)]
    [InlineData("Samples/Nope", 404)]
    [InlineData("Samples/Credit.Nope", 404)]
    [InlineData("Samples/Credit.SampleGroupRow", 404)]
    [InlineData("SampleGroups('n1')/Nope", 404)]
    [InlineData("SampleGroups('n1')/Title/Nope", 404)]
    [InlineData("SampleGroups('n1')/$value", 400)]
    [InlineData("SampleGroups('n1')/$count", 404)]
    [InlineData("SampleGroups/n1", 404)]
    [InlineData("SampleGroups(n1)", 400)]
    [InlineData("SampleGroups(Title='n1')", 400)]
    [InlineData("SampleGroups('n1','n2')", 400)]
    [InlineData("SampleGroups()", 400)]
    [InlineData("$entity", 400)]
    [InlineData("$entity?$id=Samples", 400)]
    [InlineData("$entity?$id=http://elsewhere.example/odata/public/SampleGroups('n1')", 400)]
    [InlineData("$all", 501)]
    [InlineData("$crossjoin(Samples,SampleGroups)", 501)]
    [InlineData("Samples/$each", 501)]
    [InlineData("SampleGroups('n1')/Title?$filter=true", 400)]
    [InlineData("SampleGroups('n1')?$top=1", 400)]
    [InlineData("Samples/$count?$select=Name", 400)]
    [InlineData("$metadata?$top=1", 400)]
    [InlineData("?$top=1", 400)]
    public async Task What_leads_nowhere_says_so(string address, int status)
    {
        var answer = await feed.AskAsync(Root + address);

        answer.Status.ShouldBe(status, answer.Body);
        answer.ErrorCode.ShouldMatch("^[a-z-]+$");
    }

    [Fact]
    public async Task A_long_query_may_come_in_a_body()
    {
        var filter = "Number in (" + string.Join(',', Enumerable.Range(3, 90)) + ")";
        var answer = await feed.SendAsync(Root + "Samples/$query?$top=3", $"$filter={Uri.EscapeDataString(filter)}&$count=true", ("Content-Type", "text/plain"));

        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("@odata.count").GetInt32().ShouldBe(Samples.Mirror.Count(row => row.Number >= 3));
        answer.Rows.Count.ShouldBe(3);
        (await feed.SendAsync(Root + "Samples/$query", "$filter=Flag", ("Content-Type", "application/xml"))).Status.ShouldBe(415);
    }

    private async Task<List<JsonElement>> WholeAsync(string target)
    {
        List<JsonElement> rows = [];
        for (string? next = target; next is not null;)
        {
            var page = await feed.AskAsync(next);
            page.Status.ShouldBe(200, page.Body);
            rows.AddRange(page.Rows);
            next = page.NextLink is { } link ? new Uri(link).PathAndQuery : null;
        }

        return rows;
    }
}
