namespace Credit.Core.Tests.OData;

/// <summary>Queries that break stock pipelines: each gets a 4xx or 501 with a code, never a 500, never a trace, never a wrong 200.</summary>
public sealed class HostileQueryTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Samples = "/odata/public/Samples";

    public static TheoryData<string> Queries { get; } =
    [
        // Options that are not offered.
        "?$apply=filter(startswith(Plain,'p1'))",
        "?$apply=groupby((Plain))",
        "?$apply=groupby((Name),aggregate(Plain with max as M))",
        "?$apply=groupby((Group/Name))",
        "?$apply=concat(identity,aggregate($count as N))",
        "?$apply=groupby((Name))&$expand=Group",
        "?$apply=aggregate(Name with sum as S)",
        "?$apply=aggregate(Number with custom.median as S)",
        "?$compute=Plain as L",
        "?$compute=Number add 1 as Name",
        "?$compute=Number div 0 as N",
        "?$search=a AND",
        "?$search=a OR OR b",
        "?$search=NOT",
        "?$search=(a",
        "?$expand=Nope",
        "?$expand=Group($select=Nope)",
        "?$expand=Group($filter=Nope eq 1)",
        "?$expand=Twins($filter=Plain eq 'p1')",
        "?$expand=Twins($orderby=Plain)",
        "?$expand=Twins($top=-1)",
        "?$expand=Twins($levels=99)",
        "?$expand=Twins($expand=Twins($expand=Twins($expand=Twins)))",
        "?$expand=Twins($apply=aggregate($count as N))",
        "?$filter=Twins/any(t:t/Plain eq 'p1')",
        "?$filter=Group/Nope eq 'x'",
        "?$filter=Name/any(t:t eq 'x')",
        "?$filter=case(true:1) eq 1",
        "?$compute=length(Plain) as L&$filter=L gt 2",
        "?$search=",
        "?$expand=Name",
        "?$expand=Owner($levels=max)",
        "?$levels=3",
        "?$deltatoken=1",
        "?$index=1",
        "?$id=Samples(1)",
        "?$schemaversion=1",
        "?$format=xml",
        "?$format=application/atom%2bxml",
        "?$unknown=1",
        "?unknown=1",
        // The same option twice, in any spelling.
        "?$top=1&$top=2",
        "?$top=1&top=2",
        "?$top=1&$TOP=2",
        "?$filter=Number eq 1&filter=Number eq 2",
        "?$count=true&$count=false",
        // Numbers that are none.
        "?$top=-1",
        "?$top=1.5",
        "?$top=abc",
        "?$top=",
        "?$top=99999999999999999999",
        "?$top=%2B1",
        "?$skip=-1",
        "?$skip=10001",
        "?$skip=2000000000",
        "?$count=maybe",
        "?$count=",
        // Filters that are none.
        "?$filter=",
        "?$filter=1",
        "?$filter='x'",
        "?$filter=Name",
        "?$filter=Number",
        "?$filter=Number eq",
        "?$filter=Number eq 1 and",
        "?$filter=(Number eq 1",
        "?$filter=Number eq 'one'",
        "?$filter=Name eq 1",
        "?$filter=Name eq n1",
        "?$filter=Flag gt true",
        "?$filter=Flag eq 1",
        "?$filter=Nope eq 1",
        "?$filter=Plain eq 'p1'",
        "?$filter=startswith(Plain,'p')",
        "?$filter=$it/Plain eq 'p1'",
        "?$filter=Name/Length eq 2",
        "?$filter=Name/$count gt 1",
        "?$filter=Id/Nope eq 1",
        // Arithmetic and its ends.
        "?$filter=Number div 0 eq 1",
        "?$filter=Number mod 0 eq 1",
        "?$filter=Number divby 0 eq 1",
        "?$filter=Number add 2147483647 eq 1",
        "?$filter=Big mul 9223372036854775807 eq 1",
        "?$filter=Amount eq 1e400",
        "?$filter=Amount eq NaN",
        "?$filter=Amount eq INF",
        "?$filter=Amount gt -INF",
        "?$filter=Amount gt 99999999999999999999999999999999999999",
        // Functions the database cannot do, or does otherwise.
        "?$filter=matchesPattern(Name,'^n')",
        "?$filter=matchesPattern(Name,'(a%2B)%2B$')",
        "?$filter=fractionalseconds(At) eq 0",
        "?$filter=cast(Number,Edm.Nope) eq '1'",
        "?$filter=geo.distance(Name,Name) lt 1",
        "?$filter=contains(Name)",
        "?$filter=contains(Number,'1')",
        "?$filter=nope(Name)",
        "?$filter=Name has Edm.Color'Red'",
        "?$filter=hassubset([1],[1])",
        "?$filter=Name/all(t:t eq 'x')",
        "?$filter=$root/Samples eq 1",
        "?$filter=$this eq 1",
        // Dates and instants.
        "?$filter=Day eq 2026-02-30",
        "?$filter=Day eq 2026-13-01",
        "?$filter=Day eq '2026-01-01'",
        "?$filter=Day eq 2026-01-01T00:00:00Z",
        "?$filter=Day eq 00:00:00",
        "?$filter=Day eq 12:00:00.000",
        "?$filter=Day eq 99999-01-01",
        "?$filter=Day lt now()",
        "?$filter=Day in ('2026-01-01','x')",
        "?$filter=Day in (12:00:00)",
        "?$filter=At eq 2026-01-01T25:00:00Z",
        // An instant before the first one the platform can hold: refused, not misread.
        "?$filter=At gt 0001-01-01T00:00:00%2b14:00",
        "?$filter=At eq duration'P1D'",
        "?$filter=At eq 2026-01-01T00:00:00%2B99:00",
        // Lists.
        "?$filter=Number in ()",
        "?$filter=Number in (1,)",
        "?$filter=Number in ('a')",
        "?$filter=Number in 1",
        "?$filter=Number in (null)",
        "?$filter=Number in Score",
        "?$filter=Plain in ('p1')",
        // Texts.
        "?$filter=Name eq '%00'",
        "?$filter=Name eq 'a%01b'",
        "?$filter=Name eq '%ED%A0%80'",
        "?$filter=contains(Name,'%00')",
        "?$filter=Name eq 'x",
        "?$filter=Id eq 'x'",
        "?$filter=Id eq 1",
        "?$filter=Id eq 00000000-0000-0000-0000-00000000000",
        // Sorting and selecting.
        "?$orderby=",
        "?$orderby=Nope",
        "?$orderby=Plain",
        "?$orderby=Name sideways",
        "?$orderby=Name,Name",
        "?$orderby=Name asc desc",
        "?$orderby=Number div 0",
        "?$orderby=Name,Number,Big,Day,At",
        "?$orderby=Name/Length",
        "?$orderby=null",
        "?$orderby=1",
        "?$select=Nope",
        "?$select=Name/Nope",
        "?$select=Name($top=1)",
        "?$select=",
        "?$select=Name($expand=x)",
        "?$select=Credit.*",
        // Places in a list that were never given out.
        "?$skiptoken=",
        "?$skiptoken=abc",
        "?$skiptoken=!!!",
        "?$skiptoken=bnVsbA",
        "?$skiptoken=W10",
        "?$skiptoken=e30",
        "?$skiptoken=WyJcdTAwMDAiXQ",
        "?$skiptoken=WyJhIiwiYiIsImMiXQ",
        "?$skiptoken=WzEsMl0",
        // Addresses.
        "(1)",
        "()",
        "('x')",
        "(Nope=1)",
        "(@k)",
        "(@k)?@k=1",
        "(00000000-0000-0000-0000-000000000000)",
        "(00000000-0000-0000-0000-000000000000",
        "(00000000-0000-0000-0000-000000000000)/Name",
        "(00000000-0000-0000-0000-000000000000)/Name/$value",
        "(00000000-0000-0000-0000-000000000000)?$filter=Number eq 1",
        "/$each",
        "/$query",
        "/$count/$count",
        "/$count?$top=1",
        "/$count?$orderby=Name",
        "/$count?$filter=Nope eq 1",
        "/$count?$filter=Number div 0 eq 1",
    ];

    public static TheoryData<string> Addresses { get; } =
    [
        "/odata/public/Nope", "/odata/public/Nope/$count", "/odata/public/Nope(1)", "/odata/public/$batch", "/odata/public/$all",
        "/odata/public/$entity?$id=Samples(1)", "/odata/public/$crossjoin(Samples,Departments)", "/odata/nope", "/odata", "/odata/public/Subjects",
        "/odata/public/MeasureTasks", "/odata/official/ListEntries", "/odata/official/ListEntries(00000000-0000-0000-0000-000000000000)", "/odata/official/$metadata",
        "/odata/official", "/odata/official/Nope", "/odata/official/ListEntries/$count", "/ODATA/OFFICIAL/ListEntries", "/odata/official/",
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    [Trait("Invariant", "X29")]
    public async Task A_hostile_query_is_refused_with_a_code_and_nothing_else(string query) =>
        Refused(await feed.AskAsync(Samples + query.Replace(" ", "%20", StringComparison.Ordinal)));

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

    [Fact]
    public async Task Long_and_deep_filters_are_refused()
    {
        foreach (var filter in new[]
        {
            new string('(', 1500) + "Number%20eq%201" + new string(')', 1500),
            string.Concat(Enumerable.Repeat("not%20", 1000)) + "Flag",
            string.Join("%20or%20", Enumerable.Repeat("Number%20eq%201", 400)),
            "Number%20in%20(" + string.Join(',', Enumerable.Range(0, 900)) + ")",
            "contains(Name,'" + new string('x', 7900) + "')%20and%20" + new string('x', 200),
            string.Concat(Enumerable.Repeat("contains(", 500)) + "Name",
            new string('-', 3000) + "1%20eq%201",
        })
        {
            Refused(await feed.AskAsync($"{Samples}?$filter={filter}"));
        }
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
    [InlineData("odata.maxpagesize=99999999999999")]
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

    [Fact]
    public async Task The_check_of_refusals_itself_notices_a_success()
    {
        var answer = await feed.AskAsync(Samples);

        Should.Throw<ShouldAssertException>(() => Refused(answer));
    }

    [Fact]
    public async Task A_hidden_column_answers_exactly_as_one_that_never_was()
    {
        // identifier_mask is a column of the view; Plain is shown, but may not be asked for.
        foreach (var template in new[] { "$filter={0}%20eq%20'x'", "$orderby={0}", "$filter=startswith({0},'x')", "$filter={0}%20in%20('x')", "$filter=not%20contains({0},'x')", "$filter={0}%20eq%20null" })
        {
            foreach (var (set, hidden) in new[] { ("ListEntries", "IdentifierMask"), ("Samples", "Plain"), ("ListEntries", "Polarity"), ("ListEntries", "SubjectMask") })
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

    private static void Refused(FeedAnswer answer)
    {
        (answer.Status is >= 400 and < 500 and not 429 or 501).ShouldBeTrue($"{answer.Status} {answer.Body}");
        answer.Headers["OData-Version"].ShouldStartWith("4.0");
        Blank(answer);
    }

    private static void Blank(FeedAnswer answer)
    {
        answer.ErrorCode.ShouldMatch("^[a-z0-9-]+$");
        answer.Json.GetProperty("error").GetProperty("message").GetString()!.ShouldMatch("[\u4e00-\u9fff].*[a-z]");
        foreach (var trace in new[] { "   at ", "Exception", "Microsoft", "System.", "Npgsql", "innererror", "stack", "permission denied", "core." })
        {
            answer.Body.ShouldNotContain(trace, Case.Insensitive);
        }

        // Upper case only: $select is the name of an option, SELECT would be the text of a statement.
        answer.Body.ShouldNotContain("SELECT", Case.Sensitive);
    }
}
