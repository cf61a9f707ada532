using System.Text.Json;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Control information (JSON format, part 4), contexts (protocol, part 10), and what the model says of both.</summary>
public sealed class ControlInformationTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    [Theory]
    [InlineData("Samples?$top=1&$select=Plain", "@odata.id", "4.0", null)]
    [InlineData("Samples?$top=1&$select=Plain", "@id", "4.01", null)]
    [InlineData("Samples?$top=1&$select=Plain", "@odata.id", "4.0", "full")]
    [InlineData("Samples?$top=1&$compute=length(Name)%20as%20L&$select=Name,L&$filter=Flag", "@odata.id", "4.0", null)]
    [InlineData("SampleGroups('n1')?$select=Title", "@odata.id", "4.0", null)]
    [InlineData("SampleGroups?$select=Title&$expand=Members($select=Plain;$top=1)&$filter=Name%20eq%20'n1'", "@odata.id", "4.0", null)]
    [InlineData("SampleGroups?$select=Title&$expand=Members($select=Plain;$top=1;$count=true)&$filter=Name%20eq%20'n1'", "@odata.id", "4.0", null)]
    public async Task A_row_without_its_key_says_which_it_is(string address, string label, string version, string? lane)
    {
        var answer = await AskAsync(address, version, lane);
        var row = answer.Json.TryGetProperty("value", out var rows) ? rows[0] : answer.Json;
        var inner = row.TryGetProperty("Members", out var members) ? members[0] : row;

        foreach (var each in new[] { row, inner })
        {
            var found = await feed.AskAsync(new Uri(each.GetProperty(label).GetString()!).PathAndQuery);
            var shown = each.EnumerateObject().First(member => !member.Name.Contains('@', StringComparison.Ordinal));
            found.Json.GetProperty(shown.Name).GetString().ShouldBe(shown.Value.GetString());
        }
    }

    [Fact]
    public async Task A_row_with_its_key_carries_no_more_than_that()
    {
        var row = (await feed.AskAsync(Root + "Samples?$top=1&$select=Id,Plain")).Rows[0];

        row.EnumerateObject().Select(member => member.Name).ShouldBe(["Id", "Plain"]);
        (await feed.AskAsync(Root + "Samples?$top=1&$select=Plain&$format=application/json;metadata=none")).Rows[0].EnumerateObject().Select(member => member.Name).ShouldBe(["Plain"]);
    }

    [Theory]
    [InlineData("4.0", "application/json", JsonValueKind.Null)]
    [InlineData("4.0", "application/json;odata.metadata=full", JsonValueKind.Null)]
    [InlineData("4.0", "application/json;odata.metadata=none", JsonValueKind.Undefined)]
    [InlineData("4.01", "application/json", JsonValueKind.Undefined)]
    public async Task Groups_are_rows_of_no_address_which_readers_of_4_0_are_told(string version, string accept, JsonValueKind kind)
    {
        var row = (await feed.AskAsync(Root + "Samples?$apply=groupby((Flag),aggregate($count%20as%20N))", ("OData-MaxVersion", version), ("Accept", accept))).Rows[0];

        (row.TryGetProperty("@odata.id", out var id) ? id.ValueKind : JsonValueKind.Undefined).ShouldBe(kind);
        row.TryGetProperty("@id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Full_metadata_links_to_every_way_and_to_what_it_refers_to()
    {
        var row = (await feed.AskAsync(Root + "Samples?$filter=Name%20eq%20'n1'&$top=1&$format=application/json;metadata=full")).Rows[0];

        foreach (var (way, shows) in new[] { ("Group", "@odata.id"), ("Twins", "value") })
        {
            (await feed.AskAsync(new Uri(row.GetProperty(way + "@odata.navigationLink").GetString()!).PathAndQuery)).Status.ShouldBe(200);
            (await feed.AskAsync(new Uri(row.GetProperty(way + "@odata.associationLink").GetString()!).PathAndQuery)).Json.TryGetProperty(shows, out _).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("Samples?$top=1&$select=Id,Group", "Samples(Id,Group)")]
    [InlineData("Samples?$top=1&$select=Group", "Samples(Group)")]
    [InlineData("Samples?$top=1&$select=Id,Group&$expand=Group", "Samples(Id,Group)")]
    [InlineData("Samples?$top=1&$select=Id&$expand=Group($compute=length(Title)%20as%20L;$select=L)", "Samples(Id,Group(L))")]
    [InlineData("SampleGroups(%27n1%27)/Title", "SampleGroups('n1')/Title")]
    [InlineData("SampleGroups(Name='n1')/Title", "SampleGroups(Name='n1')/Title")]
    public async Task The_context_says_what_is_shown(string address, string context) =>
        new Uri((await feed.AskAsync(Root + address)).Json.GetProperty("@odata.context").GetString()!).Fragment[1..].ShouldBe(context);

    [Fact]
    public async Task Both_forms_of_the_model_say_the_same()
    {
        var xml = (await feed.AskAsync(Root + "$metadata")).Body;
        var json = (await feed.AskAsync(Root + "$metadata?$format=json")).Json;
        var sample = json.GetProperty("Credit").GetProperty("SampleRow");

        // Not said, a way is nullable in XML and not in JSON.
        json.GetProperty("$Version").GetString().ShouldBe("4.01");
        sample.GetProperty("Group").GetProperty("$Nullable").GetBoolean().ShouldBeTrue();
        sample.GetProperty("Twins").TryGetProperty("$Nullable", out _).ShouldBeFalse();
        xml.ShouldContain("<NavigationProperty Name=\"Group\" Type=\"Credit.SampleGroupRow\"");
        xml.ShouldContain("<Property Name=\"At\" Type=\"Edm.DateTimeOffset\" Nullable=\"false\" Precision=\"6\"");
        sample.GetProperty("At").GetProperty("$Precision").GetInt32().ShouldBe(6);
    }

    private Task<FeedAnswer> AskAsync(string address, string version, string? lane) =>
        feed.AskAsync(Root + address, lane is null ? [("OData-MaxVersion", version)] : [("OData-MaxVersion", version), ("Credit-Lane", lane)]);
}
