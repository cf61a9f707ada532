using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Tests.Listing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>What one department does not show to others is, for them, what never existed: in the official feed and under <c>/api</c>.</summary>
public sealed partial class HiddenFromOthersTests(HiddenThings district) : IClassFixture<HiddenThings>
{
    private const string Other = "finance.officer";

    private static readonly string[] OfEntries =
    [
        "ListEntries({0})", "ListEntries({0})/Facts", "ListEntries({0})/Tasks", "ListEntries({0})/Notices/$count", "ListEntries({0})/Subject", "ListEntries({0})/$ref", "ListEntries({0})?$expand=Subject,Tasks", "ListEntries?$filter=Id eq {0}&$count=true",
        "ListEntries?$filter=SubjectCode eq '{1}'", "ListEntries?$filter=SubjectId eq {3}&$count=true", "ListEntries?$filter=contains(SubjectName,'{2}')", "ListEntries?$search={2}", "ListEntries?$search={1}&$count=true", "ListEntries/$count?$filter=SubjectCode eq '{1}'",
        "ListEntries/$filter(SubjectCode eq '{1}')/$count", "ListEntries?$apply=filter(SubjectCode eq '{1}')/aggregate($count as N)", "ListEntries?$apply=groupby((SubjectCode,State))/filter(SubjectCode eq '{1}')", "ListEntries?$filter=State eq 'Draft' and SubjectCode eq '{1}'",
        "ListEntries?$filter=(indexof(SubjectCode,'{1}') add 1) mul 2147483647 mul 2147483647 gt 0", "ListEntries?$filter=Subject/Code eq '{1}'", "ListEntries?$filter=Notices/any() and SubjectCode eq '{1}'", "Departments?$filter=Entries/any(e:e/SubjectCode eq '{1}')",
        "Departments?$filter=Entries/any(e:(indexof(e/SubjectCode,'{1}') add 1) mul 2147483647 mul 2147483647 gt 0)", "Departments?$expand=Entries($filter=SubjectCode eq '{1}';$count=true)&$filter=Key eq 'tax'", "Departments('tax')/Entries({0})", "$entity?$id=ListEntries({0})",
        "Tasks?$filter=EntryId eq {0}&$count=true", "Objections?$filter=EntryId eq {0}", "Notices?$filter=AboutId eq {0}&$count=true", "Repairs?$filter=EntryId eq {0}", "Rectifications?$filter=EntryId eq {0}", "ChannelDuties?$filter=EntryId eq {0}",
    ];

    // Every department knows the subject. That a draft is about it, it does not.
    private static readonly string[] OfSubjects =
    [
        "Subjects({3})/Entries", "Subjects({3})/Entries/$count", "Subjects({3})/Entries?$filter=SubjectCode eq '{1}'", "Subjects({3})/Notices", "Subjects({3})/Warnings", "Subjects({3})?$select=Id&$expand=Entries,Notices,Warnings,Records", "Subjects?$filter=Id eq {3} and Entries/any()&$select=Id",
        "Subjects?$filter=Id eq {3} and Entries/$count eq 0&$select=Id", "Subjects?$filter=Id eq {3} and Entries/all(e:e/State ne 'Draft')&$select=Id", "Subjects?$filter=Id eq {3}&$expand=Entries($count=true)&$select=Id", "Subjects?$filter=Id eq {3} and Entries/any(e:length(e/Domain) mul 2147483647 gt 0)&$select=Id",
    ];

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X37")]
    public async Task A_draft_of_another_department_never_was()
    {
        using var client = await district.AsAsync(Other);
        List<string> differing = [];
        foreach (var form in OfEntries.Select(form => "/odata/official/" + form).Append("/api/entries/{0}").Append("/api/entries/{0}/history"))
        {
            var never = district.Never();
            Compare(form, await AskAsync(client, form, district.Draft), district.Draft.In(await AskAsync(client, form, never), never), differing);
        }

        foreach (var form in OfSubjects.Select(form => "/odata/official/" + form).Append("/api/subjects/{3}/record"))
        {
            // Their identities differ, and so do tags over them.
            Compare(form, Wire.WithoutTag(await AskAsync(client, form, district.Draft)), Wire.WithoutTag(district.Draft.In(await AskAsync(client, form, district.Clean), district.Clean)), differing);
        }

        differing.ShouldBeEmpty();
        using var own = await district.AsAsync("tax.officer");
        (await AskAsync(own, "/odata/official/ListEntries?$filter=SubjectCode eq '{1}'", district.Draft)).ShouldContain(district.Draft.Id.ToString(), Case.Sensitive, "its own department finds it this way");
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X11")]
    public async Task Neither_a_check_nor_a_search_by_name_tells_of_it()
    {
        using var client = await district.AsAsync(Other);
        foreach (var purpose in new[] { true, false })
        {
            client.DefaultRequestHeaders.Remove("Credit-Purpose");
            if (purpose)
            {
                client.DefaultRequestHeaders.Add("Credit-Purpose", "Administration");
            }

            foreach (var (path, body) in new (string, Func<Thing, object>)[]
            {
                ("/api/checks", thing => new { purpose = "Administration", matter = new { kind = "Other", reference = "任采公字〔2026〕118号", procedure = "资格审查" }, subjects = new[] { new { kind = "LegalPerson", code = thing.Code } } }),
                ("/api/checks", thing => new { matter = new { kind = "Other", reference = "任采公字〔2026〕118号", procedure = "资格审查" }, subjects = new[] { new { kind = "LegalPerson", code = thing.Code } } }),
                ("/api/subjects/search", thing => new { name = thing.Name, most = 1 }),
            })
            {
                var real = Plain(await PostAsync(client, path, body(district.Draft)));
                var clean = district.Draft.In(Plain(await PostAsync(client, path, body(district.Clean))), district.Clean);
                real.ShouldBe(clean, $"{path} {purpose}");
            }
        }
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X12")]
    public async Task A_new_draft_changes_no_tag_and_no_row_of_others_and_its_own_tag_is_nobody_elses()
    {
        string[] asked = ["/odata/official/ListEntries", "/odata/official/ListEntries?$count=true&$orderby=ValidTo", "/odata/official/Departments?$expand=Entries", "/odata/official/ListEntries/$count", "/odata/official/ListEntries?$search=任城", "/odata/official/ListEntries?$apply=groupby((State),aggregate($count as N))"];
        using var other = await district.AsAsync(Other);
        using var own = await district.AsAsync("tax.officer");
        var before = await Task.WhenAll(asked.Select(address => TagAsync(other, address)));

        _ = await new EntryJourney(district).ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("GY9")));

        (await Task.WhenAll(asked.Select(address => TagAsync(other, address)))).ShouldBe(before);
        foreach (var (address, (tag, _)) in asked.Zip(await Task.WhenAll(asked.Select(address => TagAsync(own, address)))))
        {
            tag.ShouldNotBeNull();
            (await Wire.GetAsync(other, Questions.Escaped(address), ("If-None-Match", tag))).ShouldStartWith("200", Case.Sensitive, address);
        }
    }

    private static async Task<(string? Tag, string Body)> TagAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(Questions.Escaped(address), UriKind.Relative));
        answer.Headers.CacheControl!.Private.ShouldBeTrue(address);
        answer.Headers.CacheControl.NoCache.ShouldBeTrue(address);
        answer.Headers.Vary.ShouldContain("Authorization");
        return (answer.Headers.ETag?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task No_move_tells_that_it_is_there()
    {
        using var client = await district.AsAsync("finance.approver");
        var moves = district.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Route: endpoint.RoutePattern.RawText!, Method: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]))
            .Where(move => move.Method is "POST" or "PUT" or "DELETE" && move.Route.StartsWith("/api/entries/{id:guid}/", StringComparison.Ordinal)).ToArray();
        moves.Length.ShouldBeGreaterThan(10);
        List<string> differing = [];
        foreach (var (route, method) in moves)
        {
            foreach (var body in new[] { "{}", """{"reason":"StandardChanged","explanation":"已修订。"}""", """{"channels":["DepartmentSite"]}""", """{"text":"不服。","grounds":"事实不清。"}""", """{"matter":"CertificateNumber","reason":"执行","basis":"某法"}""" })
            {
                var answers = new List<string>();
                foreach (var id in new[] { district.Draft.Id, Guid.CreateVersion7() })
                {
                    answers.Add((await Wire.AskAsync(client, HttpMethod.Parse(method!), route.Replace("{id:guid}", $"{id}", StringComparison.Ordinal), body, headers: [("If-Match", "\"v1\"")])).Replace($"{id}", "?", StringComparison.Ordinal));
                }

                Compare($"{method} {route} {body}", answers[0], answers[1], differing);
            }
        }

        differing.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task Whatever_a_caller_may_not_read_by_identity_is_answered_as_an_identity_that_never_was()
    {
        var ids = await IdsAsync();
        var readings = district.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && endpoint.RoutePattern.RawText.Contains("{id:guid}", StringComparison.Ordinal))
            .Select(endpoint => endpoint.RoutePattern.RawText!).ToArray();
        readings.Length.ShouldBeGreaterThan(20);
        List<string> differing = [];
        var refused = 0;
        foreach (var user in new[] { Other, "association", Credit.Testing.HostFixture.AccountOf(district.Clean.Subject) })
        {
            using var client = await district.AsAsync(user);
            foreach (var reading in readings)
            {
                var never = await ReadAsync(client, reading, Guid.CreateVersion7());
                foreach (var id in ids)
                {
                    var real = await ReadAsync(client, reading, id);
                    if (!real.StartsWith('2'))
                    {
                        refused++;
                        Compare($"{user} {reading} {id}", real, never, differing);
                    }
                }
            }
        }

        differing.ShouldBeEmpty();
        refused.ShouldBeGreaterThan(1000);
    }

    private static void Compare(string what, string real, string never, List<string> differing)
    {
        if (real != never)
        {
            differing.Add($"{what}:\n{real}\n{never}");
        }
    }

    private static Task<string> AskAsync(HttpClient client, string form, Thing thing)
    {
        var filled = string.Format(null, form, thing.Id, thing.Code, thing.Name, thing.Subject);
        return Wire.GetAsync(client, filled.StartsWith("/odata", StringComparison.Ordinal) ? Questions.Escaped(filled) : filled);
    }

    private static async Task<string> ReadAsync(HttpClient client, string reading, Guid id) =>
        (await Wire.GetAsync(client, reading.Replace("{id:guid}", $"{id}", StringComparison.Ordinal))).Replace($"{id}", "?", StringComparison.Ordinal);

    private static async Task<string> PostAsync(HttpClient client, string path, object body) => await Wire.AskAsync(client, HttpMethod.Post, path, JsonSerializer.Serialize(body));

    // Numbers and instants of an answer are its own, and so is what is signed over them; lengths of what is signed vary by a letter.
    private static string Plain(string answer) => Own().Replace(answer, "");

    private async Task<IReadOnlyList<Guid>> IdsAsync()
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        List<string> tables = [];
        await using (var find = new NpgsqlCommand(
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = 'core' AND c.relkind = 'r' AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype ORDER BY 1", connection))
        await using (var rows = await find.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                tables.Add(rows.GetString(0));
            }
        }

        List<Guid> ids = [];
        foreach (var table in tables)
        {
            await using var read = new NpgsqlCommand($"SELECT id FROM core.\"{table}\" ORDER BY id LIMIT 3", connection);
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                ids.Add(rows.GetGuid(0));
            }
        }

        return ids;
    }

    [GeneratedRegex("\"(number|queryNumber|code|asOf|position|signature|digest|subjectsHash|verdictHash|keyId|subjectId|score|asked|found)\":(\"[^\"]*\"|[0-9.]+)|Content-Length: [0-9]+|ETag: [^\n]*|\"receipt\":\\{.*\\}")]
    private static partial Regex Own();
}
