namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Formats, versions and preferences: protocol parts 8 and 12, JSON format parts 3 and 4.</summary>
public sealed class FormatTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string List = "/odata/public/Samples?$top=2&$orderby=Id";

    [Theory]
    [InlineData("application/json", "application/json; odata.metadata=minimal")]
    [InlineData("*/*", "application/json; odata.metadata=minimal")]
    [InlineData("application/json;odata.metadata=full", "application/json; odata.metadata=full")]
    [InlineData("application/json;metadata=none", "application/json; odata.metadata=none")]
    [InlineData("application/json;IEEE754Compatible=true", "application/json; odata.metadata=minimal; IEEE754Compatible=true")]
    [InlineData("text/csv", "text/csv; header=present")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/xml, text/csv;q=0.5", "text/csv; header=present")]
    public async Task The_format_accepted_is_given(string accept, string given) =>
        (await feed.AskAsync(List, ("Accept", accept))).Headers["Content-Type"].ShouldBe(given);

    [Theory]
    [InlineData("json", "application/json; odata.metadata=minimal")]
    [InlineData("application/json;metadata=full", "application/json; odata.metadata=full")]
    [InlineData("csv", "text/csv; header=present")]
    [InlineData("ndjson", "application/x-ndjson")]
    public async Task The_format_option_goes_before_the_header(string format, string given) =>
        (await feed.AskAsync($"{List}&$format={format}", ("Accept", "application/atom+xml"))).Headers["Content-Type"].ShouldBe(given);

    [Theory]
    [InlineData("/odata/public/Samples", "application/xml")]
    [InlineData("/odata/public/Samples/$count", "application/xml")]
    [InlineData("/odata/public/$metadata", "text/csv")]
    [InlineData("/odata/public", "application/xml")]
    [InlineData("/odata/public/SampleGroups('n1')/Title", "text/csv")]
    public async Task What_cannot_be_given_is_not_acceptable(string address, string accept) => (await feed.AskAsync(address, ("Accept", accept))).Status.ShouldBe(406);

    [Fact]
    public async Task Control_information_follows_the_level()
    {
        var none = await feed.AskAsync(List + "&$format=application/json;metadata=none&$count=true");
        var full = await feed.AskAsync(List + "&$format=application/json;metadata=full");

        none.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["@odata.count", "value"]);
        var row = full.Rows[0];
        row.GetProperty("@odata.type").GetString().ShouldBe("#Credit.SampleRow");
        row.GetProperty("Id@odata.type").GetString().ShouldBe("#Guid");
        (await feed.AskAsync(new Uri(row.GetProperty("@odata.id").GetString()!).PathAndQuery)).Json.GetProperty("Plain").GetString().ShouldBe(row.GetProperty("Plain").GetString());
        (await feed.AskAsync(new Uri(row.GetProperty("Group@odata.navigationLink").GetString()!).PathAndQuery)).Status.ShouldBeOneOf(200, 204);
    }

    [Fact]
    public async Task Large_numbers_are_texts_for_who_wants_them_so()
    {
        var row = (await feed.AskAsync(List, ("Accept", "application/json;IEEE754Compatible=true"))).Rows[0];

        row.GetProperty("Big").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        row.GetProperty("Number").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Number);
    }

    [Theory]
    [InlineData(null, "4.0", "@odata.context")]
    [InlineData("4.0", "4.0", "@odata.context")]
    [InlineData("4.01", "4.01", "@context")]
    [InlineData("5.0", "4.01", "@context")]
    public async Task The_version_is_the_latest_the_client_reads(string? most, string version, string context)
    {
        foreach (var address in new[] { List, "/odata/public", "/odata/public/SampleGroups('n1')", "/odata/public/SampleGroups('n1')/Title" })
        {
            var answer = await feed.AskAsync(address, most is null ? [] : [("OData-MaxVersion", most)]);

            answer.Headers["OData-Version"].ShouldBe(version);
            answer.Json.TryGetProperty(context, out _).ShouldBeTrue(answer.Body);
        }
    }

    [Theory]
    [InlineData("omit-values=nulls", "omit-values=nulls")]
    [InlineData("odata.omit-values=nulls", "odata.omit-values=nulls")]
    [InlineData("omit-values=nulls, maxpagesize=1", "maxpagesize=1, omit-values=nulls")]
    [InlineData("omit-values=defaults", null)]
    [InlineData("return=minimal", null)]
    [InlineData("respond-async", null)]
    public async Task A_preference_is_said_to_be_applied_when_it_is(string preference, string? applied)
    {
        var answer = await feed.AskAsync("/odata/public/Samples?$filter=Note%20eq%20null", ("Prefer", preference));

        answer.Headers.GetValueOrDefault("Preference-Applied").ShouldBe(applied);
        answer.Rows[0].TryGetProperty("Note", out _).ShouldBe(applied is null);
    }

    [Fact]
    public async Task Rows_of_every_format_are_the_same()
    {
        var json = (await feed.AskAsync(List)).Rows;
        var lines = (await feed.AskAsync(List + "&$format=ndjson")).Body.TrimEnd('\n').Split('\n');
        var csv = (await feed.AskAsync(List + "&$format=csv")).Body.TrimEnd().Split("\r\n");

        lines.ShouldBe(json.Select(row => row.GetRawText()));
        csv.Length.ShouldBe(3);
        csv[0].ShouldStartWith("\uFEFFId,");
        csv[1].ShouldStartWith(json[0].GetProperty("Id").GetString()!);
    }

    [Fact]
    public async Task The_next_page_of_a_format_without_links_is_in_a_header()
    {
        var page = await feed.AskAsync("/odata/public/Samples?$format=csv");

        page.Headers["Link"].ShouldContain("rel=\"next\"");
    }
}
