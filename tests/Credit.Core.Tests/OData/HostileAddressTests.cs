using static Credit.Core.Tests.OData.Refusals;

namespace Credit.Core.Tests.OData;

/// <summary>Addresses, methods and headers that break stock pipelines: refused with a code and nothing else.</summary>
public sealed class HostileAddressTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Samples = "/odata/public/Samples";

    public static TheoryData<string> Addresses { get; } =
    [
        "/odata/public/Nope", "/odata/public/Nope/$count", "/odata/public/Nope(1)", "/odata/public/$batch", "/odata/public/$all",
        "/odata/public/$entity?$id=Samples(1)", "/odata/public/$crossjoin(Samples,Departments)", "/odata/nope", "/odata", "/odata/public/Subjects",
        "/odata/public/MeasureTasks", "/odata/official/ListEntries", "/odata/official/ListEntries(00000000-0000-0000-0000-000000000000)", "/odata/official/$metadata",
        "/odata/official", "/odata/official/Nope", "/odata/official/ListEntries/$count", "/ODATA/OFFICIAL/ListEntries", "/odata/official/",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_hostile_address_is_refused_with_a_code_and_nothing_else(string address) => Refused(await feed.AskAsync(address));

    [Fact]
    public async Task An_address_with_a_NUL_is_turned_away_by_the_server_itself()
    {
        using var client = feed.Anonymous();
        using var answer = await client.GetAsync(new Uri("/odata/public/%00", UriKind.Relative));

        // It never reaches the feeds, so there is no OData error body, and nothing else either.
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("POST", Samples)]
    [InlineData("PUT", Samples + "(00000000-0000-0000-0000-000000000000)")]
    [InlineData("PATCH", Samples + "(00000000-0000-0000-0000-000000000000)")]
    [InlineData("DELETE", Samples + "(00000000-0000-0000-0000-000000000000)")]
    [InlineData("POST", Samples + "/$query")]
    [InlineData("POST", "/odata/public/$metadata")]
    [InlineData("POST", "/odata/public/$batch")]
    [InlineData("POST", "/odata/official/ListEntries")]
    [InlineData("DELETE", "/odata/public")]
    public async Task Nothing_can_be_written(string method, string address) => Refused(await feed.AskAsync(method, address));

    [Theory]
    [InlineData("Accept", "application/xml")]
    [InlineData("Accept", "application/json;q=0")]
    [InlineData("Accept", "application/json;odata.metadata=most")]
    [InlineData("Accept", "application/json;charset=gbk")]
    [InlineData("OData-Version", "3.0")]
    [InlineData("OData-MaxVersion", "3.0")]
    [InlineData("OData-MaxVersion", "x")]
    [InlineData("OData-Isolation", "snapshot")]
    public async Task A_header_that_cannot_be_honoured_is_refused(string name, string value) => Refused(await feed.AskAsync(Samples, (name, value)));

    [Theory]
    [InlineData("a;;")]
    [InlineData(";")]
    [InlineData("odata.maxpagesize=")]
    [InlineData("odata.maxpagesize=0")]
    [InlineData("odata.maxpagesize=-5")]
    [InlineData("odata.maxpagesize=99999999999999x")]
    [InlineData("odata.track-changes")]
    [InlineData("=,=;=\"")]
    public async Task A_preference_that_cannot_be_read_is_not_applied_and_breaks_nothing(string preference)
    {
        var answer = await feed.AskAsync(Samples, ("Prefer", preference));

        answer.Status.ShouldBe(200);
        answer.Headers.ShouldNotContainKey("Preference-Applied");
        answer.Rows.Count.ShouldBe(20);
        (await feed.AskAsync("/odata/public/$metadata", ("Prefer", preference))).Status.ShouldBe(200);
    }
}
