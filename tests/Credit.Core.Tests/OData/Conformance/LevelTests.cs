using Credit.Abstractions;
using Microsoft.OData.Edm;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>The MUSTs of the minimal and the intermediate level (protocol, conformance), one by one.</summary>
public sealed class LevelTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public";

    [Fact]
    public async Task Minimal_a_service_document_stands_at_the_root_and_its_addresses_lead_to_the_sets()
    {
        var document = await feed.AskAsync(Root);

        document.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("/odata/public/$metadata");
        document.Rows.Select(set => set.GetProperty("name").GetString()).ShouldContain("ListEntries");
        foreach (var set in document.Rows.Where(set => set.GetProperty("name").GetString() != "Failing"))
        {
            (await feed.AskAsync($"{Root}/{set.GetProperty("url").GetString()}?$top=1")).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Minimal_part_of_the_rows_comes_with_a_link_to_the_rest()
    {
        var page = await feed.AskAsync($"{Root}/Samples");

        page.Rows.Count.ShouldBeLessThan(Samples.Count);
        page.NextLink.ShouldNotBeNull();
        (await feed.AskAsync($"{Root}/SampleGroups")).NextLink.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/$metadata")]
    [InlineData("/Samples")]
    [InlineData("/Samples/$count")]
    [InlineData("/Nope")]
    [InlineData("/Samples?$filter=x")]
    public async Task Minimal_every_answer_names_its_version(string address) => (await feed.AskAsync(Root + address)).Headers["OData-Version"].ShouldBe("4.0");

    [Fact]
    public async Task Minimal_headers_are_followed_or_refused()
    {
        (await feed.AskAsync(Root + "/Samples", ("Accept", "image/png"))).Status.ShouldBe(406);
        (await feed.AskAsync(Root + "/Samples", ("OData-MaxVersion", "3.0"))).Status.ShouldBe(400);
        (await feed.AskAsync(Root + "/Samples", ("OData-MaxVersion", "4.0"))).Headers["OData-Version"].ShouldBe("4.0");
        (await feed.AskAsync(Root + "/Samples", ("OData-MaxVersion", "4.01"))).Headers["OData-Version"].ShouldBe("4.01");
        (await feed.AskAsync(Root + "/Samples", ("OData-Isolation", "snapshot"))).Status.ShouldBe(412);
    }

    [Theory]
    [InlineData("$filter=Number eq 1", "filter=Number eq 1")]
    [InlineData("$filter=Number eq 1", "$FILTER=Number EQ 1")]
    [InlineData("$orderby=Name desc&$top=3", "OrderBy=Name desc&TOP=3")]
    [InlineData("$filter=contains(Name,'1')", "filter=CONTAINS(Name,'1')")]
    [InlineData("$expand=Group($select=Title)&$top=2", "expand=Group(select=Title)&top=2")]
    public async Task Minimal_options_are_the_same_with_and_without_dollar_in_either_case(string one, string other) =>
        Values(await feed.AskAsync($"{Root}/Samples?{one.Replace(" ", "%20", StringComparison.Ordinal)}"))
            .ShouldBe(Values(await feed.AskAsync($"{Root}/Samples?{other.Replace(" ", "%20", StringComparison.Ordinal)}")));

    [Theory]
    [InlineData("$schemaversion=1", "$schemaversion")]
    [InlineData("$index=1", "$index")]
    [InlineData("$apply=concat(identity,identity)", "$apply")]
    [InlineData("$filter=hassubset(Tags,Tags)", "$filter")]
    [InlineData("$filter=geo.length(Name)%20eq%200", "$filter")]
    public async Task Minimal_what_is_not_supported_is_named(string query, string target)
    {
        var answer = await feed.AskAsync($"{Root}/Samples?{query}");

        answer.Status.ShouldBeOneOf(400, 501);
        answer.Json.GetProperty("error").GetProperty("target").GetString().ShouldBe(target);
    }

    [Fact]
    public void Minimal_the_model_has_types_of_the_language_only()
    {
        foreach (var surface in Enum.GetValues<Surface>())
        {
            feed.Sets.ModelOf(surface).SchemaElements.OfType<IEdmEntityType>().SelectMany(type => type.DeclaredStructuralProperties())
                .ShouldAllBe(property => (property.Type.IsCollection() ? property.Type.AsCollection().ElementType() : property.Type).IsPrimitive() || property.Type.IsEnum());
        }
    }

    [Fact]
    public async Task Intermediate_columns_are_selected()
    {
        var answer = await feed.AskAsync($"{Root}/Samples?$select=Name,Day&$top=1");

        answer.Rows[0].EnumerateObject().Select(member => member.Name).ShouldBe(["@odata.id", "Name", "Day"]);
        answer.Json.GetProperty("@odata.context").GetString()!.ShouldEndWith("#Samples(Name,Day)");
        (await feed.AskAsync($"{Root}/Samples?$select=*&$top=1")).Rows[0].EnumerateObject().Count().ShouldBe(typeof(SampleRow).GetProperties().Length);
    }

    [Fact]
    public async Task Intermediate_rows_are_limited_and_none_is_a_limit() =>
        new[] { await CountAsync("$top=0"), await CountAsync("$top=3") }.ShouldBe([0, 3]);

    [Theory]
    [InlineData("Name eq 'n1'")]
    [InlineData("Name ne 'n1'")]
    [InlineData("Number eq @n&@n=3")]
    [InlineData("Number in (1,2)")]
    public async Task Intermediate_filters_compare(string filter) =>
        (await feed.AskAsync($"{Root}/Samples/$count?$filter={filter.Replace(" ", "%20", StringComparison.Ordinal)}")).Status.ShouldBe(200);

    [Fact]
    public async Task Intermediate_values_of_columns_have_addresses() => (await feed.AskAsync($"{Root}/SampleGroups('n1')/Title/$value")).Body.ShouldBe("组1");

    [Fact]
    public async Task Links_of_full_metadata_all_lead_somewhere()
    {
        var row = (await feed.AskAsync($"{Root}/Samples?$top=1&$format=application/json;odata.metadata=full")).Rows[0];
        var links = row.EnumerateObject().Where(member => member.Name.EndsWith("Link", StringComparison.Ordinal) || member.Name == "@odata.id").Select(member => member.Value.GetString()!).ToList();

        links.Count.ShouldBeGreaterThan(2);
        foreach (var link in links)
        {
            (await feed.AskAsync(new Uri(link).PathAndQuery)).Status.ShouldBeOneOf(200, 204);
        }
    }

    [Fact]
    public void The_model_claims_what_holds()
    {
        foreach (var surface in Enum.GetValues<Surface>())
        {
            var metadata = Credit.OData.CsdlDocument.Write(feed.Sets.ModelOf(surface));

            metadata.ShouldContain("ConformanceLevelType/Intermediate");
            metadata.ShouldContain("<Annotation Term=\"Org.OData.Core.V1.ODataVersions\" String=\"4.0 4.01\" />");
            metadata.ShouldContain("Org.OData.Core.V1.Description\" Qualifier=\"zh\"");
            foreach (var column in feed.Sets.Sets.Where(set => set.Surface == surface).SelectMany(set => set.Shape.Columns))
            {
                metadata.ShouldContain($"Name=\"{column.Name}\"");
            }
        }
    }

    [Fact]
    public void Every_set_and_column_of_the_house_has_a_chinese_name()
    {
        var (names, comments) = (Credit.OData.ChineseNames.Load(), new Credit.OData.RowComments());
        var sets = feed.Sets.Sets.Where(set => set.Row.Assembly == typeof(Credit.OData.SetCatalog).Assembly).ToList();

        sets.Select(set => set.Name).Where(name => !names.Sets.ContainsKey(name)).ShouldBeEmpty();
        sets.SelectMany(set => set.Shape.Columns).Select(column => column.Name).Where(name => !names.Columns.ContainsKey(name)).Distinct().ShouldBeEmpty();
        sets.SelectMany(set => set.Shape.Ways).Select(way => way.Name).Where(name => !names.Ways.ContainsKey(name)).Distinct().ShouldBeEmpty();
        sets.SelectMany(set => set.Shape.Columns).Where(column => comments.Of(column) is null).ShouldBeEmpty();
    }

    private async Task<int> CountAsync(string query) => (await feed.AskAsync($"{Root}/Samples?{query}")).Rows.Count;

    private static string Values(FeedAnswer answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json.GetProperty("value").GetRawText();
    }
}
