using System.Text.Json;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary><c>$expand</c>, <c>$search</c>, <c>$compute</c>, <c>$apply</c> and the order of nulls, against the same worked out in memory.</summary>
public sealed class OptionTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    [Fact]
    public async Task Expand_shows_what_the_ways_lead_to()
    {
        var rows = await WholeAsync(Root + "Samples?$expand=Group($select=Title),Twins($select=Plain;$orderby=Big;$top=2;$count=true;$filter=Flag)&$select=Plain");

        rows.Count.ShouldBe(Samples.Count);
        foreach (var row in rows)
        {
            var mirror = Samples.Mirror.Single(each => each.Plain == row.GetProperty("Plain").GetString());
            var twins = Samples.Mirror.Where(other => other.Number == mirror.Score && other.Flag).OrderBy(other => other.Big).ToArray();
            row.EnumerateObject().Select(member => member.Name).Where(name => !name.Contains('@')).ShouldBe(["Plain", "Group", "Twins"]);
            (row.GetProperty("Group").ValueKind == JsonValueKind.Null ? null : row.GetProperty("Group").GetProperty("Title").GetString()).ShouldBe(mirror.Name is "n3" or "n4" ? null : "组" + mirror.Name[1]);
            row.GetProperty("Twins").EnumerateArray().Select(twin => twin.GetProperty("Plain").GetString()).ShouldBe(twins.Take(2).Select(twin => twin.Plain));
            row.GetProperty("Twins@odata.count").GetInt32().ShouldBe(twins.Length);
        }
    }

    [Fact]
    public async Task A_long_expansion_goes_on_in_pages_of_its_own()
    {
        var group = (await feed.AskAsync(Root + "SampleGroups?$expand=Members($select=Plain;$orderby=Note%20desc)&$filter=Name%20eq%20'n1'")).Rows.Single();
        var members = group.GetProperty("Members").EnumerateArray().ToList();
        members.Count.ShouldBe(20);
        for (var next = group.GetProperty("Members@odata.nextLink").GetString(); next is not null;)
        {
            var page = await feed.AskAsync(new Uri(next).PathAndQuery);
            page.Status.ShouldBe(200, page.Body);
            members.AddRange(page.Rows);
            next = page.NextLink;
        }

        var expected = Samples.Mirror.Where(row => row.Name == "n1").ToArray();
        members.Select(row => row.GetProperty("Plain").GetString()!).ShouldBe(expected.Select(row => row.Plain), ignoreOrder: true);
        members.Select(row => expected.Single(each => each.Plain == row.GetProperty("Plain").GetString()).Note).ShouldBeInOrder(SortDirection.Descending, Comparer<string?>.Create(string.CompareOrdinal));
    }

    [Fact]
    public async Task Expand_goes_deeper_counts_and_refers()
    {
        var row = (await feed.AskAsync(Root + "SampleGroups('n1')?$expand=Members($top=1;$expand=Group($expand=Members/$count)),Members/$count")).Json;
        var deep = row.GetProperty("Members")[0].GetProperty("Group");
        deep.GetProperty("Members@odata.count").GetInt32().ShouldBe(Samples.Mirror.Count(each => each.Name == "n1"));
        deep.TryGetProperty("Members", out _).ShouldBeFalse();

        var refers = (await feed.AskAsync(Root + "SampleGroups('n1')?$expand=Members/$ref")).Json.GetProperty("Members");
        refers[0].EnumerateObject().Select(member => member.Name).ShouldBe(["@odata.id"]);

        var twice = (await feed.AskAsync(Root + "Samples?$filter=Score%20eq%202&$top=1&$expand=Twins($top=1;$levels=2)")).Rows[0];
        twice.GetProperty("Twins")[0].TryGetProperty("Twins", out _).ShouldBeTrue();
        (await feed.AskAsync(Root + "SampleGroups('n1')?$expand=*")).Json.TryGetProperty("Members", out _).ShouldBeTrue();
    }

    public static TheoryData<string, int> Searches => new()
    {
        { "n1", Samples.Mirror.Count(row => row.Name == "n1") },
        { "N1", Samples.Mirror.Count(row => row.Name == "n1") },
        { "注", Samples.Mirror.Count(row => row.Note is not null) },
        { "%25_1", Samples.Mirror.Count(row => row.Note?.EndsWith("%_1", StringComparison.Ordinal) == true) },
        { "_", Samples.Mirror.Count(row => row.Note is not null) },
        { "n1 注", Samples.Mirror.Count(row => row.Name == "n1" && row.Note is not null) },
        { "n1 AND 注", Samples.Mirror.Count(row => row.Name == "n1" && row.Note is not null) },
        { "AND", 0 },
        { "NOT", 0 },
        { "NOT NOT", Samples.Count },
        { "n1 AND", 0 },
        { "n1 OR OR", Samples.Mirror.Count(row => row.Name == "n1") },
        { "n1 OR OR n2", Samples.Mirror.Count(row => row.Name == "n1") },
        { "AND OR n1", Samples.Mirror.Count(row => row.Name == "n1") },
        { "n1 OR n2", Samples.Mirror.Count(row => row.Name is "n1" or "n2") },
        { "NOT 注", Samples.Mirror.Count(row => row.Note is null) },
        { "(n1 OR n2) NOT 注", Samples.Mirror.Count(row => row.Name is "n1" or "n2" && row.Note is null) },
        { "\"n1\"", Samples.Mirror.Count(row => row.Name == "n1") },
        { "1", Samples.Mirror.Count(row => row.Name == "n1" || row.Note?.Contains('1') == true) },
        { "91110000802100433B", 0 },
        { "北京-上海", 0 },
        { "o'neill\\", 0 },
        { "n1;DROP", 0 },
    };

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Search_finds_names_and_codes(string search, int found)
    {
        var escaped = string.Concat(search.Select(letter => letter is '%' ? "%" : Uri.EscapeDataString(letter.ToString())));
        var answer = await feed.AskAsync($"{Root}Samples?$count=true&$top=0&$search={escaped}");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("@odata.count").GetInt32().ShouldBe(found);
    }

    [Fact]
    public async Task A_set_without_searched_columns_says_that_it_cannot_search()
    {
        var answer = await feed.AskAsync(Root + "Failing?$search=x");

        (answer.Status, answer.Json.GetProperty("error").GetProperty("target").GetString()).ShouldBe((501, "$search"));
    }

    [Fact]
    public async Task Computed_columns_are_shown_filtered_and_sorted_by()
    {
        var rows = await WholeAsync(Root + "Samples?$compute=Score%20mul%202%20as%20Twice,length(Note)%20as%20Length&$filter=Twice%20gt%204&$orderby=Twice%20desc&$select=Plain,Twice,Length");
        var expected = Samples.Mirror.Where(row => row.Score * 2 > 4).ToDictionary(row => row.Plain);

        rows.Count.ShouldBe(expected.Count);
        rows.Select(row => row.GetProperty("Twice").GetInt32()).ShouldBeInOrder(SortDirection.Descending);
        foreach (var row in rows)
        {
            var mirror = expected[row.GetProperty("Plain").GetString()!];
            row.GetProperty("Twice").GetInt32().ShouldBe(mirror.Score!.Value * 2);
            (row.GetProperty("Length").ValueKind == JsonValueKind.Null ? (int?)null : row.GetProperty("Length").GetInt32()).ShouldBe(mirror.Note?.Length);
        }
    }

    [Fact]
    public async Task Groups_are_aggregated_filtered_and_paged()
    {
        var rows = await WholeAsync(
            Root + "Samples?$apply=filter(Number%20gt%201)/groupby((Name,Note),aggregate($count%20as%20Rows,Amount%20with%20sum%20as%20Sum,Amount%20with%20average%20as%20Mean,Score%20with%20min%20as%20Least,Day%20with%20max%20as%20Last,Number%20with%20countdistinct%20as%20Kinds))"
            + "&$filter=Rows%20gt%202&$orderby=Rows%20desc", size: 3);
        var expected = Samples.Mirror.Where(row => row.Number > 1).GroupBy(row => (row.Name, row.Note)).Where(group => group.Count() > 2).ToDictionary(group => group.Key);

        rows.Count.ShouldBe(expected.Count);
        rows.Select(row => row.GetProperty("Rows").GetInt64()).ShouldBeInOrder(SortDirection.Descending);
        foreach (var row in rows)
        {
            var group = expected[(row.GetProperty("Name").GetString()!, row.GetProperty("Note").GetString())];
            row.GetProperty("Rows").GetInt64().ShouldBe(group.Count());
            var amounts = group.Where(each => each.Amount is not null).Select(each => each.Amount!.Value).ToArray();
            Number(row, "Sum").ShouldBe(amounts.Length == 0 ? null : amounts.Sum());
            (Number(row, "Mean") - (amounts.Length == 0 ? null : amounts.Average()) ?? 0).ShouldBeInRange(-0.000001m, 0.000001m);
            Number(row, "Least").ShouldBe(group.Min(each => each.Score));
            row.GetProperty("Last").GetString().ShouldBe(group.Max(each => each.Day).ToString("O"));
            row.GetProperty("Kinds").GetInt64().ShouldBe(group.Select(each => each.Number).Distinct().Count());
        }
    }

    [Fact]
    public async Task Everything_together_is_one_group_even_when_there_is_nothing()
    {
        var all = (await feed.AskAsync(Root + "Samples?$apply=aggregate($count%20as%20Rows,Number%20with%20sum%20as%20Sum)")).Rows.Single();
        var none = (await feed.AskAsync(Root + "Samples?$apply=filter(false)/aggregate($count%20as%20Rows,Number%20with%20sum%20as%20Sum)")).Rows.Single();
        var nulls = (await feed.AskAsync(Root + "Samples?$apply=filter(Score%20eq%20null)/aggregate(Score%20with%20sum%20as%20Sum)")).Rows.Single();

        all.GetProperty("Rows").GetInt64().ShouldBe(Samples.Count);
        all.GetProperty("Sum").GetInt64().ShouldBe(Samples.Mirror.Sum(row => row.Number));
        none.GetProperty("Rows").GetInt64().ShouldBe(0);
        none.GetProperty("Sum").ValueKind.ShouldBe(JsonValueKind.Null);
        nulls.GetProperty("Sum").ValueKind.ShouldBe(JsonValueKind.Null);
        (await feed.AskAsync(Root + "Samples/$count?$apply=groupby((Name))")).Body.ShouldBe("5");
        (await feed.AskAsync(Root + "Samples?$apply=filter(Flag)&$count=true&$top=1")).Json.GetProperty("@odata.count").GetInt32().ShouldBe(Samples.Mirror.Count(row => row.Flag));
        (await WholeAsync(Root + "Samples?$apply=compute(Number%20add%201%20as%20More)/groupby((More),aggregate($count%20as%20Rows))/filter(Rows%20gt%200)", 2)).Count.ShouldBe(7);
    }

    [Theory]
    [InlineData("Score", false)]
    [InlineData("Score", true)]
    [InlineData("Until", false)]
    [InlineData("Until", true)]
    public async Task Null_sorts_below_every_value(string column, bool descending)
    {
        var rows = (await WholeAsync($"{Root}Samples?$orderby={column}{(descending ? "%20desc" : "")}", 7)).Select(row => row.GetProperty(column)).ToArray();

        var values = rows.Select(value => value.ValueKind == JsonValueKind.Null ? "" : value.ToString()).ToArray();
        values.Length.ShouldBe(Samples.Count);
        values.ShouldBe(descending ? values.OrderByDescending(value => value, StringComparer.Ordinal) : values.Order(StringComparer.Ordinal));
    }

    private static decimal? Number(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;

    private async Task<List<JsonElement>> WholeAsync(string target, int? size = null)
    {
        List<JsonElement> rows = [];
        for (string? next = target; next is not null;)
        {
            var page = await feed.AskAsync(next, size is null ? [] : [("Prefer", $"maxpagesize={size}")]);
            page.Status.ShouldBe(200, page.Body);
            rows.AddRange(page.Rows);
            next = page.NextLink is { } link ? new Uri(link).PathAndQuery : null;
        }

        return rows;
    }
}
