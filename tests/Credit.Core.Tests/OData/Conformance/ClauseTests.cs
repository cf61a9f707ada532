using System.Text.Json;
using System.Xml.Linq;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Clauses of OData 4.01 that say MUST, each asked of the feeds as an independent suite asks them.</summary>
public sealed class ClauseTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Root = "/odata/public/";

    // Protocol 8.2.1: without a charset in Accept the Content-Type MUST NOT have one.
    [Theory]
    [InlineData("Samples?$top=1", "application/json", "application/json; odata.metadata=minimal")]
    [InlineData("Samples?$top=1", "*/*", "application/json; odata.metadata=minimal")]
    [InlineData("Samples?$top=1", "application/json;charset=utf-8", "application/json; odata.metadata=minimal; charset=utf-8")]
    [InlineData("Samples?$top=1", "text/csv", "text/csv; header=present")]
    [InlineData("Samples?$top=1", "text/csv;charset=utf-8", "text/csv; charset=utf-8; header=present")]
    [InlineData("Samples?$top=1", "application/x-ndjson", "application/x-ndjson")]
    [InlineData("Samples?$top=1&$format=application/json", "text/csv;charset=utf-8", "application/json; odata.metadata=minimal")]
    [InlineData("Samples?$top=1&$format=application/json;charset=utf-8", null, "application/json; odata.metadata=minimal; charset=utf-8")]
    [InlineData("Samples/$count", "text/plain", "text/plain")]
    [InlineData("Samples/$count", "text/plain;charset=utf-8", "text/plain; charset=utf-8")]
    [InlineData("SampleGroups('n1')/Name/$value", null, "text/plain; charset=utf-8")]
    [InlineData("SampleGroups('n1')/Name/$value", "*/*", "text/plain; charset=utf-8")]
    [InlineData("$metadata", "application/xml", "application/xml")]
    [InlineData("$metadata", "application/json;charset=utf-8", "application/json; charset=utf-8")]
    [InlineData("Nothing", "application/json", "application/json; odata.metadata=minimal")]
    public async Task A_charset_is_named_where_one_is_asked_for(string address, string? accept, string type)
    {
        var answer = await feed.AskAsync(Root + address, accept is null ? [] : [("Accept", accept)]);

        answer.Headers["Content-Type"].ShouldBe(type);
    }

    // Protocol 8.2.1: formats with unknown parameters MUST be refused, and Accept-Charset MUST be used.
    [Theory]
    [InlineData("$metadata", "Accept", "application/json;foo=bar")]
    [InlineData("$metadata", "Accept", "application/xml;foo=bar")]
    [InlineData("$metadata", "Accept", "application/json;odata.metadata=none;charset=gbk")]
    [InlineData("Samples/$count", "Accept", "text/plain;foo=bar")]
    [InlineData("Samples/$count", "Accept", "application/json;foo=bar")]
    [InlineData("Samples?$top=1", "Accept", "text/csv;foo=bar")]
    [InlineData("Samples?$top=1", "Accept-Charset", "utf-16")]
    [InlineData("Samples?$top=1", "Accept-Charset", "utf-8;q=0, utf-16")]
    public async Task What_the_service_cannot_give_is_not_acceptable(string address, string header, string value)
    {
        var answer = await feed.AskAsync(Root + address, (header, value));

        Refusals.Refused(answer);
        answer.Status.ShouldBe(406, answer.Body);
    }

    [Theory]
    [InlineData("Samples?$top=1", "Accept-Charset", "utf-16, UTF-8;q=0.5")]
    [InlineData("Samples?$top=1", "Accept-Charset", "iso-8859-1, *")]
    [InlineData("Samples?$top=1", "Accept", "text/csv;header=present")]
    [InlineData("$metadata", "Accept", "application/json;odata.metadata=minimal;IEEE754Compatible=true;q=0.5")]
    public async Task What_it_can_is(string address, string header, string value) => (await feed.AskAsync(Root + address, (header, value))).Status.ShouldBe(200);

    // Protocol 10.9 and 10.10.
    [Theory]
    [InlineData("Samples?$top=1&$expand=Group/$ref", "4.01", "Samples")]
    [InlineData("Samples?$top=1&$select=Name&$expand=Group/$ref", "4.01", "Samples(Name)")]
    [InlineData("SampleGroups?$top=1&$expand=Members/$count", "4.01", "SampleGroups")]
    [InlineData("Samples?$top=1&$expand=Group", "4.01", "Samples(Group())")]
    [InlineData("Samples?$top=1&$expand=Group", "4.0", "Samples")]
    [InlineData("Samples?$top=1&$select=Name&$expand=Group", "4.0", "Samples(Name)")]
    [InlineData("Samples?$top=1&$select=Name,Group&$expand=Group", "4.0", "Samples(Name,Group)")]
    [InlineData("Samples?$top=1&$select=Name,Group&$expand=Group", "4.01", "Samples(Name,Group,Group())")]
    [InlineData("Samples?$top=1&$select=Name&$expand=Group($select=Title)", "4.0", "Samples(Name,Group(Title))")]
    [InlineData("SampleGroups?$top=1&$expand=Members($expand=Group)", "4.01", "SampleGroups(Members(Group()))")]
    public async Task The_context_tells_what_is_shown(string address, string version, string context)
    {
        var answer = await feed.AskAsync(Root + address, ("OData-MaxVersion", version));

        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty(version == "4.0" ? "@odata.context" : "@context").GetString()!.Split('#')[1].ShouldBe(context);
    }

    // Protocol 12.2.1 (minimal): durations with and without their prefix.
    [Theory]
    [InlineData("At sub 2026-01-01T00:00:00Z ge 'PT5H' eq (hour(At) ge 5)")]
    [InlineData("'PT5H' le At sub 2026-01-01T00:00:00Z eq (hour(At) ge 5)")]
    [InlineData("At add 'PT1H' eq At add duration'PT60M'")]
    [InlineData("At sub '-PT1H' eq At add 'PT1H'")]
    [InlineData("duration'PT36H' eq 'P1DT12H'")]
    [InlineData("totalseconds('PT1M0.5S') eq 60.5")]
    // Casts of texts to primitive types; what is no value of the type is null (URL conventions 5.1.1.10.1).
    [InlineData("cast('10',Edm.Int32) eq 10 and cast('-7',Edm.Int64) eq -7 and cast('7',Edm.Byte) eq 7 and cast('-7',Edm.SByte) eq -7 and cast('7',Edm.Int16) eq 7")]
    [InlineData("cast('10.5',Edm.Decimal) eq 10.5 and cast('1e2',Edm.Double) eq 100 and cast('7.5',Edm.Single) eq 7.5")]
    [InlineData("cast('true',Edm.Boolean) and cast('false',Edm.Boolean) eq false")]
    [InlineData("cast('2026-01-02',Edm.Date) eq 2026-01-02 and cast('08:30:00',Edm.TimeOfDay) eq 08:30:00")]
    [InlineData("cast('2026-01-02T08:00:00+08:00',Edm.DateTimeOffset) eq 2026-01-02T00:00:00Z and cast('PT1H',Edm.Duration) eq duration'PT60M'")]
    [InlineData("cast('019abbbe-4400-7039-8382-a910ab47b5cd',Edm.Guid) eq 019abbbe-4400-7039-8382-a910ab47b5cd")]
    [InlineData("cast('x',Edm.Int32) eq null and cast('2147483648',Edm.Int32) eq null and cast('256',Edm.Byte) eq null and cast('1.5',Edm.Int32) eq null and cast('',Edm.Decimal) eq null")]
    [InlineData("cast('2026-02-30',Edm.Date) eq null and cast('yes',Edm.Boolean) eq null and cast(' 1',Edm.Int32) eq null and cast('1,000',Edm.Decimal) eq null")]
    [InlineData("cast(@x,Edm.Date) lt Until or Until eq null&@x='2026-01-05'")]
    [InlineData("cast(substring(Name,1),Edm.Int32) ge 0 and cast(substring(Name,1),Edm.Int64) lt 5 and cast(concat(substring(Name,1),'.5'),Edm.Decimal) gt 0.4")]
    [InlineData("cast(Name,Edm.Int32) eq null and cast(Name,Edm.Decimal) eq null and cast(Name,Edm.Boolean) eq null and cast(concat('99999999999',substring(Name,1)),Edm.Int32) eq null")]
    [InlineData("cast(concat(substring(Name,1),'00'),Edm.Byte) eq null eq (cast(substring(Name,1),Edm.Byte) gt 2)")]
    // The operator in (12.2.2): literals wider than the column, and no values at all.
    [InlineData("not (Number in (99999999999,3000000000)) and (Number in (0,1,2,3,4,5,6,99999999999))")]
    [InlineData("not (Number in [])")]
    public async Task Literals_are_read_as_the_standard_spells_them(string filter)
    {
        var (text, alias) = filter.Split('&') is [var first, var second] ? (first, "&" + second) : (filter, "");
        var answer = await feed.AskAsync($"{Root}Samples/$count?$filter={Uri.EscapeDataString(text)}{alias}");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Body.ShouldBe($"{Samples.Count}");
    }

    [Fact]
    public async Task A_condition_in_the_path_may_begin_with_an_alias()
    {
        var answer = await feed.AskAsync($"{Root}Samples/$filter(@least%20lt%20Number)/$count?@least=3");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Body.ShouldBe($"{Samples.Mirror.Count(row => row.Number > 3)}");
    }

    // Protocol 9.3.1: what is not implemented is answered 501, and a column that is declared is none that never was.
    [Theory]
    [InlineData("Samples?$filter=Plain eq 'p1'", 501)]
    [InlineData("Samples?$orderby=Plain", 501)]
    [InlineData("Samples?$filter=contains(Plain,'p')", 501)]
    [InlineData("SampleGroups?$filter=Members/any(m:m/Plain eq 'p1')", 501)]
    [InlineData("SampleGroups?$expand=Members($orderby=Plain)", 501)]
    [InlineData("SampleGroups?$expand=Members($filter=Plain eq 'p1')", 501)]
    [InlineData("Samples?$compute=length(Plain) as L&$select=L", 501)]
    [InlineData("Samples?$apply=groupby((Plain))", 501)]
    [InlineData("Samples?$filter=Planes eq 'p1'", 400)]
    [InlineData("Samples?$orderby=Planes", 400)]
    [InlineData("Samples?$filter=duration'PT1H' mul 2 eq duration'PT2H'", 501)]
    [InlineData("Samples?$filter=duration'PT2H' div 2 eq duration'PT1H'", 501)]
    [InlineData("Samples?$orderby=now() sub At", 501)]
    [InlineData("Samples?$compute=now() sub At as Age&$orderby=Age", 501)]
    [InlineData("Samples?$compute=length(Name) as L,length(Name) as L", 400)]
    [InlineData("Samples?$filter=Name eq @", 400)]
    [InlineData("SampleGroups('n1')/$value", 400)]
    public async Task What_is_not_supported_is_501_and_what_is_wrong_400(string address, int status)
    {
        var answer = await feed.AskAsync(Root + address.Replace(" ", "%20", StringComparison.Ordinal));

        Refusals.Refused(answer);
        answer.Status.ShouldBe(status, answer.Body);
    }

    [Theory]
    [InlineData("Number,Number desc,Id")]
    [InlineData("1,Number,Id")]
    [InlineData("null,Number,Id")]
    public async Task Terms_of_a_sorting_that_decide_nothing_change_nothing(string order)
    {
        var answer = await feed.AskAsync($"{Root}Samples?$top=50&$orderby={order.Replace(" ", "%20", StringComparison.Ordinal)}");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Rows.Select(row => row.GetProperty("Id").GetGuid())
            .ShouldBe((await feed.AskAsync($"{Root}Samples?$top=50&$orderby=Number,Id")).Rows.Select(row => row.GetProperty("Id").GetGuid()));
    }

    // CSDL 3.3 and 14.2: a term is the qualified name of a term in scope, which a referenced document brings there.
    [Fact]
    public async Task Every_term_is_in_scope()
    {
        var xml = XDocument.Parse((await feed.AskAsync(Root + "$metadata", ("Accept", "application/xml"))).Body);
        var included = xml.Descendants().Where(element => element.Name.LocalName == "Include").Select(element => element.Attribute("Namespace")!.Value).ToHashSet();
        var used = xml.Descendants().Where(element => element.Name.LocalName == "Annotation").Select(element => element.Attribute("Term")!.Value).Select(term => term[..term.LastIndexOf('.')]).ToHashSet();

        used.Count.ShouldBeGreaterThan(1);
        used.Except(included).ShouldBeEmpty();

        var json = (await feed.AskAsync(Root + "$metadata", ("Accept", "application/json"))).Json;
        json.GetProperty("$Reference").EnumerateObject().SelectMany(reference => reference.Value.GetProperty("$Include").EnumerateArray())
            .Select(include => include.GetProperty("$Namespace").GetString()).ShouldBe(included, ignoreOrder: true);
    }

    // Protocol 8.2.1: requests of a batch without an Accept of their own have that of the batch.
    [Fact]
    public async Task Requests_of_a_batch_are_written_as_the_batch_asks()
    {
        var body = JsonSerializer.Serialize(new
        {
            requests = new object[]
            {
                new { id = "1", method = "GET", url = "Samples?$top=1" },
                new { id = "2", method = "GET", url = "Samples?$top=1", headers = new { accept = "application/json" } },
                new { id = "3", method = "GET", url = "Samples/$count" },
            },
        });
        var answer = await feed.SendAsync(Root + "$batch", body, ("Content-Type", "application/json"), ("Accept", "application/json;odata.metadata=none, multipart/mixed;q=0.1"));

        var answers = answer.Json.GetProperty("responses").EnumerateArray().ToArray();
        answers.Select(each => each.GetProperty("status").GetInt32()).ShouldBe([200, 200, 200]);
        answers[0].GetProperty("body").TryGetProperty("@odata.context", out _).ShouldBeFalse();
        answers[1].GetProperty("body").TryGetProperty("@odata.context", out _).ShouldBeTrue();
    }
}
