using System.Text.Json;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>What the standard allows at its edges: it works, or it is refused by its name; nothing is dropped.</summary>
public sealed class EdgeTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    /// <summary>URL conventions 5.1.4: all operations of a schema. The model has none to show, and what was not selected is left out.</summary>
    [Theory]
    [InlineData("Credit.*", "Credit.*", "")]
    [InlineData("Name,Credit.*", "Name,Credit.*", "Name")]
    [InlineData("Credit.*,Name,Number", "Name,Number,Credit.*", "Name,Number")]
    public async Task All_operations_of_a_schema_are_none(string select, string projection, string shown)
    {
        foreach (var lane in new[] { "fast", "full" })
        {
            var answer = await feed.AskAsync($"{Root}Samples?$top=1&$select={select}", ("Credit-Lane", lane));

            answer.Status.ShouldBe(200, answer.Body);
            answer.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith($"#Samples({projection})");
            string.Join(',', answer.Rows[0].EnumerateObject().Select(member => member.Name).Where(name => !name.Contains('@'))).ShouldBe(shown);
        }
    }

    [Fact]
    public async Task All_operations_beside_all_columns_take_none_away()
    {
        var plain = (await feed.AskAsync(Root + "Samples?$top=1")).Rows[0].EnumerateObject().Select(member => member.Name).ToArray();

        var answer = await feed.AskAsync(Root + "Samples?$top=1&$select=*,Credit.*");

        answer.Rows[0].EnumerateObject().Select(member => member.Name).Where(name => !name.Contains('@')).ShouldBe(plain);
        answer.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("#Samples(*,Credit.*)");
        (await feed.AskAsync(Root + "SampleGroups?$top=1&$expand=Members($top=1;$select=Plain,Credit.*)")).Rows[0].GetProperty("Members")[0]
            .EnumerateObject().Select(member => member.Name).Where(name => !name.Contains('@')).ShouldBe(["Plain"]);
    }

    [Theory]
    [InlineData("Samples?$select=Nope.*", 400, "$select")]
    [InlineData("Samples?$select=Credit.Nope", 400, "$select")]
    [InlineData("Samples?$select=Tags($top=1)", 501, "$select")]
    [InlineData("Samples?$select=Tags($filter=$this%20eq%20'a')", 501, "$select")]
    [InlineData("Samples?$select=Tags/$count", 501, "$select")]
    [InlineData("Samples?$filter=$this%20eq%20'a'", 501, "$this")]
    [InlineData("Samples?$filter=endswith($this,'a')", 501, "$this")]
    [InlineData("Samples?$filter=Number%20eq%20$root/SampleGroups('n1')/Title", 501, "$root")]
    [InlineData("Samples?$filter=Twins/$count($filter=Number%20eq%20$it/Number)%20gt%201", 501, "$it")]
    [InlineData("Samples?$filter=Twins/$Count%20($filter=Number%20eq%20$It/Number)%20gt%201", 501, "$it")]
    [InlineData("Samples?$filter=Twins/$filter(Flag)/any()", 501, "/$filter")]
    [InlineData("Samples?$filter=Twins/all()", 400, "$filter")]
    [InlineData("Samples?$filter=Twins/aggregate(Amount%20with%20sum)%20gt%203", 501, "$filter")]
    [InlineData("Samples?$filter=Amount/@Measures.Currency%20eq%20'EUR'", 501, "$filter")]
    [InlineData("Samples?$filter=Amount/@Currency%20eq%20'EUR'", 501, "$filter")]
    [InlineData("Samples?$filter=@Core.Messages/any()", 501, "$filter")]
    [InlineData("Samples?$select=@Core.Messages", 501, "$select")]
    [InlineData("Samples?$filter=[Name,Note]%20in%20[['n1','x']]", 501, "$filter")]
    [InlineData("Samples?$filter=isdefined(Note)", 501, "$filter")]
    [InlineData("Samples?$expand=Twins(@c=15;$top=1)", 501, "$expand")]
    [InlineData("Samples?$expand=Twins/Credit.SampleRow", 501, "$expand")]
    [InlineData("Samples?$select=Credit.SampleRow/Name", 501, "$select")]
    [InlineData("Samples?$apply=groupby((Name),topcount(2,Amount)/aggregate($count%20as%20N))", 501, "$apply")]
    [InlineData("Samples?$compute=Amount%20div%20$these/aggregate(Amount%20with%20sum)%20as%20Part", 501, "$these")]
    [InlineData("Samples?$filter=Twins/$filter(Flag)/$count($filter=Flag)%20gt%201", 501, "/$filter")]
    [InlineData("Samples?$filter=Tags/$count($filter=$this%20eq%20'a';$search=b)%20gt%200", 501, "$search")]
    [InlineData("Samples?$filter=counted(Tags/any(t:t%20eq%20'a'))%20eq%201", 400, "$filter")]
    [InlineData("Samples?$filter=Number%20add%20INF%20gt%201", 400, "$filter")]
    [InlineData("Samples?$filter=Name%20lt%20INF", 400, "$filter")]
    [InlineData("Samples?$filter=Day%20lt%20INF", 400, "$filter")]
    [InlineData("Samples?$filter=Number%20in%20(INF,1)", 400, "$filter")]
    [InlineData("Samples?$compute=NaN%20as%20Nothing", 400, "$compute")]
    [InlineData("Samples?$apply=aggregate(Number%20with%20sum%20from%20Big%20with%20max%20as%20Most)", 501, "$apply")]
    [InlineData("Samples?$apply=groupby((Name),aggregate(Number%20with%20sum%20FROM%20Big%20with%20max%20as%20Most))", 501, "$apply")]
    [InlineData("Samples?$apply=aggregate(Twins/$count%20from%20Big%20with%20max%20as%20Most)", 501, "$apply")]
    [InlineData("Samples?$apply=aggregate(Number%20from%20Big%20with%20max%20as%20Most)", 501, "$apply")]
    public async Task What_is_not_supported_is_named(string address, int status, string target)
    {
        var answer = await feed.AskAsync(Root + address);

        Refusals.Refused(answer);
        (answer.Status, answer.Json.GetProperty("error").GetProperty("target").GetString()).ShouldBe((status, target), answer.Body);
    }

    [Fact]
    public async Task A_refused_keyword_is_named_and_a_name_like_it_is_none()
    {
        (await feed.AskAsync(Root + "Samples?$apply=aggregate(Number%20with%20sum%20from%20Big%20with%20max%20as%20Most)")).Body.ShouldContain("keyword from");
        foreach (var apply in new[]
        {
            "aggregate(Number with sum as from)", "compute(Number as from)/aggregate(from with sum as Sum,2 mul from with max as Most)", "filter(Name ne 'x from y')/aggregate($count as N)",
        })
        {
            (await feed.AskAsync($"{Root}Samples?$apply={Uri.EscapeDataString(apply)}")).Status.ShouldBe(200, apply);
        }
    }

    [Theory]
    [InlineData("Number in (1,null)", 1)]
    [InlineData("Number in (null)", null)]
    [InlineData("Number lt INF", -1)]
    public async Task Lists_and_the_unbounded_mean_the_same_in_every_option(string condition, int? number)
    {
        var (escaped, expected) = (Uri.EscapeDataString(condition), Samples.Mirror.Count(row => number < 0 || row.Number == number));

        (await feed.AskAsync($"{Root}Samples/$filter({escaped})/$count")).Body.ShouldBe($"{expected}");
        (await feed.AskAsync($"{Root}Samples?$compute={escaped}%20as%20Is&$filter=Is&$count=true&$top=0")).Json.GetProperty("@odata.count").GetInt32().ShouldBe(expected);
        (await feed.AskAsync($"{Root}Samples?$apply=filter({escaped})/aggregate($count%20as%20N)")).Rows[0].GetProperty("N").GetInt32().ShouldBe(expected);
        (await feed.AskAsync($"{Root}Samples?$orderby={escaped}%20desc&$top=1&$select=Number")).Rows[0].GetProperty("Number").GetInt32()
            .ShouldBeInRange(number > 0 ? 1 : 0, number > 0 ? 1 : 6);
        var group = (await feed.AskAsync($"{Root}SampleGroups('n1')?$expand=Members($filter={escaped};$count=true;$top=1)")).Json;
        group.GetProperty("Members@odata.count").GetInt32().ShouldBe(Samples.Mirror.Count(row => row.Name == "n1" && (number < 0 || row.Number == number)));
    }

    [Fact]
    public async Task This_is_the_row_shown_in_both_lanes()
    {
        const string Asked = Root + "SampleGroups?$expand=Members($filter=$this/Flag%20and%20Tags/$count($filter=$this%20eq%20'a')%20eq%201;$orderby=$this/Number%20desc;$select=Plain,Number)";
        var fast = await feed.AskAsync(Asked);

        fast.Status.ShouldBe(200, fast.Body);
        (await feed.AskAsync(Asked, ("Credit-Lane", "full"))).Body.ShouldBe(fast.Body);
        var group = fast.Rows.Single(row => row.GetProperty("Name").GetString() == "n1");
        var members = group.GetProperty("Members").EnumerateArray().ToList();
        if (group.TryGetProperty("Members@odata.nextLink", out var next))
        {
            members.AddRange((await feed.AskAsync(new Uri(next.GetString()!).PathAndQuery)).Rows);
        }

        members.Select(row => row.GetProperty("Plain").GetString()!).ShouldBe(
            Samples.Mirror.Where(row => row is { Name: "n1", Flag: true } && row.Tags.Contains("a")).Select(row => row.Plain), ignoreOrder: true);
        members.Select(row => row.GetProperty("Number").GetInt32()).ShouldBeInOrder(SortDirection.Descending);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    [InlineData("5000000000")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999999999999")]
    public async Task Rows_without_end_come_in_pages(string top)
    {
        List<JsonElement> rows = [];
        for (string? next = $"{Root}Samples?$top={top}&$select=Plain"; next is not null;)
        {
            var page = await feed.AskAsync(next);
            page.Status.ShouldBe(200, page.Body);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(20);
            rows.AddRange(page.Rows);
            next = page.NextLink is { } link ? new Uri(link).PathAndQuery : null;
        }

        rows.Count.ShouldBe(Samples.Count);
        (await feed.AskAsync($"{Root}SampleGroups('n1')?$expand=Members($top={top};$select=Plain)")).Json.GetProperty("Members").GetArrayLength().ShouldBe(20);
    }

    [Fact]
    public async Task Numbers_may_begin_with_zeros() =>
        (await feed.AskAsync(Root + "Samples?$top=00000000000000000000002&$skip=00000000000000000000001")).Rows.Count.ShouldBe(2);

    [Theory]
    [InlineData("10001")]
    [InlineData("5000000000")]
    [InlineData("99999999999999999999999999999999999999999")]
    public async Task What_skips_too_much_is_told_what_to_do_instead(string skip)
    {
        foreach (var address in new[] { $"Samples?$skip={skip}", $"SampleGroups?$expand=Members($skip={skip})", $"SampleGroups?$expand=Members(skip={skip})" })
        {
            var answer = await feed.AskAsync(Root + address);

            (answer.Status, answer.ErrorCode, answer.Json.GetProperty("error").GetProperty("target").GetString()).ShouldBe((400, "query-too-large", "$skip"), answer.Body);
            answer.Body.ShouldContain("nextLink");
        }
    }

    [Theory]
    [InlineData("Samples?$expand=Twins($levels=5000000000)", "query-too-large", "$levels")]
    [InlineData("Samples?$expand=Twins($levels=99999999999999999999999)", "query-too-large", "$levels")]
    [InlineData("Samples?$expand=Twins($levels=0)", "query-invalid", "$levels")]
    [InlineData("Samples?$top=-1", "query-invalid", "$top")]
    [InlineData("Samples?$top=1.0", "query-invalid", "$top")]
    [InlineData("Samples?$top=INF", "query-invalid", "$top")]
    [InlineData("Samples?$skip=-5000000000", "query-invalid", "$skip")]
    public async Task Numbers_of_levels_and_rows_are_what_the_grammar_says(string address, string code, string target)
    {
        var answer = await feed.AskAsync(Root + address);

        (answer.Status, answer.ErrorCode, answer.Json.GetProperty("error").GetProperty("target").GetString()).ShouldBe((400, code, target), answer.Body);
    }

    [Theory]
    [InlineData("5000000000", "maxpagesize=50")]
    [InlineData("99999999999999999999999", "maxpagesize=50")]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1e3", null)]
    public async Task A_page_as_large_as_can_be_is_the_largest_there_is(string size, string? applied)
    {
        var answer = await feed.AskAsync(Root + "Samples", ("Prefer", $"maxpagesize={size}"));

        answer.Rows.Count.ShouldBe(applied is null ? 20 : 50);
        answer.Headers.GetValueOrDefault("Preference-Applied").ShouldBe(applied);
    }

    /// <summary>CSDL 4.1: the document names the version of the answer, which is none above the one the client reads.</summary>
    [Theory]
    [InlineData("json", null, "4.01")]
    [InlineData("json", "4.0", "4.0")]
    [InlineData("json", "4.01", "4.01")]
    [InlineData("json", "9.0", "4.01")]
    [InlineData("xml", null, "4.0")]
    [InlineData("xml", "4.0", "4.0")]
    [InlineData("xml", "4.01", "4.01")]
    public async Task The_model_is_of_the_version_that_its_header_names(string format, string? most, string version)
    {
        var (address, headers) = (Root + "$metadata", most is null ? [] : new[] { ("OData-MaxVersion", most) });
        foreach (var answer in new[]
        {
            await feed.AskAsync($"{address}?$format={format}", headers), await feed.AskAsync(address, [.. headers, ("Accept", "application/" + format)]),
        })
        {
            answer.Headers["OData-Version"].ShouldBe(version);
            (format == "json" ? answer.Json.GetProperty("$Version").GetString() : System.Xml.Linq.XDocument.Parse(answer.Body).Root!.Attribute("Version")!.Value).ShouldBe(version);
        }
    }

    /// <summary>URL conventions 5.1.3: a path is in one item only. Nor may two items fill the same member of a row.</summary>
    [Theory]
    [InlineData("SampleGroups?$expand=Members,Members")]
    [InlineData("SampleGroups?$expand=Members,members")]
    [InlineData("SampleGroups?$expand=Members($top=1),Members($top=2)")]
    [InlineData("SampleGroups?$expand=Members($select=Plain),Members($filter=Flag)")]
    [InlineData("SampleGroups?$expand=Members/$count,Members/$count")]
    [InlineData("SampleGroups?$expand=Members/$count($filter=Flag),Members/$count($filter=not%20Flag)")]
    [InlineData("SampleGroups?$expand=Members/$ref,Members/$ref")]
    [InlineData("SampleGroups?$expand=Members/$ref($top=1),%20Members%20/$ref")]
    [InlineData("SampleGroups?$expand=Members,Members/$ref")]
    [InlineData("SampleGroups?$expand=Members/$ref,Members($top=1)")]
    [InlineData("SampleGroups?$expand=Members($count=true),Members/$count($filter=Flag)")]
    [InlineData("SampleGroups?$expand=*,*")]
    [InlineData("SampleGroups?$expand=*,*/$ref")]
    [InlineData("SampleGroups?$expand=Members($expand=Group,Group)")]
    [InlineData("SampleGroups?$expand=Members($expand=Group,Twins($expand=Group,Group($select=Title)))")]
    [InlineData("Samples?$expand=Twins($levels=2;$expand=Twins($top=2))")]
    public async Task A_way_is_followed_once(string address)
    {
        var answer = await feed.AskAsync(Root + address);

        Refusals.Refused(answer);
        (answer.Status, answer.ErrorCode, answer.Json.GetProperty("error").GetProperty("target").GetString()).ShouldBe((400, "expand-twice", "$expand"), answer.Body);
    }

    [Theory]
    [InlineData("SampleGroups?$expand=Members($top=1),Members/$count", "Members,Members@odata.count")]
    [InlineData("SampleGroups?$expand=Members/$count,Members/$ref($top=1)", "Members@odata.count,Members")]
    [InlineData("SampleGroups?$expand=*/$ref,Members($top=1)", "Members")]
    [InlineData("SampleGroups?$expand=*,Members/$count", "Members@odata.count")]
    public async Task A_way_beside_its_number_and_beside_all_ways_is_no_second_time(string address, string members)
    {
        var answer = await feed.AskAsync(Root + address + "&$top=1");

        answer.Status.ShouldBe(200, answer.Body);
        var names = answer.Rows[0].EnumerateObject().Select(member => member.Name).ToList();
        members.Split(',').ShouldBeSubsetOf(names);
        names.ShouldBeUnique();
    }

    /// <summary>URL conventions 4.12: the segment is spelt one way; the condition in it is spelt as that of the option.</summary>
    [Theory]
    [InlineData("Samples/$filter(Number%20EQ%201%20AND%20FLAG%20EQ%20TRUE)/$count")]
    [InlineData("Samples/$filter(@f)/$count?@f=Number%20EQ%201%20AND%20FLAG%20EQ%20TRUE")]
    [InlineData("Samples/$filter(@f)/$filter(@g)/$count?@f=Number%20eq%201&@g=Flag")]
    [InlineData("Samples/$filter(@f)/$count?@f=Number%20eq%201&FILTER=Flag")]
    [InlineData("Samples/$filter(Flag)/$count?$filter=Number%20eq%201")]
    [InlineData("Samples/$filter(@f)/$count?@f=Number%20eq%201%20and%20Tags/$count(FILTER=true%20or%20$this%20eq%20'')%20ge%200%20and%20Flag")]
    [InlineData("Samples/$filter(@f)/$count?@f=Flag%20and%20Number%20eq%201%20and%20Twins/$count(filter=Flag%20and%20$this/Flag%20or%20not%20Flag)%20ge%200")]
    public async Task A_condition_in_the_path_is_spelt_as_that_of_the_option(string address)
    {
        var answer = await feed.AskAsync(Root + address);

        answer.Status.ShouldBe(200, answer.Body);
        answer.Body.ShouldBe($"{Samples.Mirror.Count(row => row is { Number: 1, Flag: true })}");
    }

    [Theory]
    [InlineData("Samples/filter(Flag)", 404, "path-not-found")]
    [InlineData("Samples/$Filter(Flag)", 404, "path-not-found")]
    [InlineData("Samples/$FILTER(Flag)/$count", 404, "path-not-found")]
    [InlineData("Samples/nope(1)", 400, "key-invalid")]
    [InlineData("Samples/$Count", 404, "path-not-found")]
    [InlineData("Samples/count", 404, "path-not-found")]
    [InlineData("Samples/$filter", 404, "path-not-found")]
    [InlineData("SampleGroups('n1')/Members(nope)", 400, "key-invalid")]
    [InlineData("Samples/$filter()", 400, "query-invalid")]
    [InlineData("Samples/$filter(Flag", 400, "query-invalid")]
    [InlineData("Samples/$filter(Flag)x", 400, "query-invalid")]
    [InlineData("Samples/$filter(Flag)(Id)", 501, "option-not-supported")]
    [InlineData("Samples/$filter(Flag))/$count", 400, "query-invalid")]
    [InlineData("Samples/$filter(Flag)%20or%20(true)/$count", 400, "query-invalid")]
    [InlineData("Samples/$filter(Nope)/$count", 400, "query-invalid")]
    [InlineData("Samples/$filter(@f)/$count", 400, "option-missing")]
    [InlineData("Samples/$filter(@f)/$count?@g=Flag", 400, "option-missing")]
    [InlineData("Samples/$filter(Plain%20eq%20'p1')/$count", 501, "option-not-supported")]
    [InlineData("Samples/$filter(hassubset(Tags,Tags))", 501, "function-not-supported")]
    [InlineData("Samples/$filter(Flag)/Credit.Nope", 404, "path-not-found")]
    public async Task A_segment_that_is_none_is_refused(string address, int status, string code)
    {
        var answer = await feed.AskAsync(Root + address);

        Refusals.Refused(answer);
        (answer.Status, answer.ErrorCode).ShouldBe((status, code), answer.Body);
    }
}
