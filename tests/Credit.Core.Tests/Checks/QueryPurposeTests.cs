using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Checks;

/// <summary>What is not public is asked for with a purpose, and that is kept.</summary>
[Trait("Requirement", "R-3.1.5.a")]
public sealed class QueryPurposeTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    public async Task A_query_without_a_purpose_is_refused_and_one_with_a_purpose_leaves_a_trace()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Q0")));
        await host.SettleAsync();
        var task = (await _register.TasksAsync(entry.Id)).First(each => each.Department == "human-resources").Id;
        string[] queries =
        [
            $"/api/tasks/{task}", $"/api/subjects/{entry.SubjectId}/record", $"/api/entries/{entry.Id}", $"/api/entries/{entry.Id}/history", "/odata/official/ListEntries",
            "/odata/official/ListEntries/$count", $"/odata/official/ListEntries({entry.Id})", "/odata/official/MeasureTasks",
        ];
        using var client = await host.AsAsync("human-resources.officer");
        var before = await TracesAsync("human-resources.officer");
        foreach (var query in queries)
        {
            await ShouldAnswerAsync(client, query, null, HttpStatusCode.PreconditionRequired, "query-purpose-missing");
            await ShouldAnswerAsync(client, query, "Curiosity", HttpStatusCode.BadRequest, "query-purpose-unknown");
            await ShouldAnswerAsync(client, query, "1", HttpStatusCode.BadRequest, "query-purpose-unknown");
        }

        client.DefaultRequestHeaders.Remove("Credit-Purpose");
        (await client.PostAsJsonAsync($"/api/entries/{entry.Id}/reveal", new { ticketId = Guid.CreateVersion7() })).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await TracesAsync("human-resources.officer")).Count.ShouldBe(before.Count, "what is refused told nothing");
        foreach (var query in queries)
        {
            await ShouldAnswerAsync(client, query, "PublicService", HttpStatusCode.OK, null);
        }

        var traces = (await TracesAsync("human-resources.officer")).Skip(before.Count).ToArray();
        traces.ShouldAllBe(trace => trace.Purpose == Credit.Domain.Checks.QueryPurpose.PublicService && trace.Department == "human-resources");
        traces.Select(trace => (trace.Resource, trace.AboutId)).ShouldBe(
        [
            ("GetTask", task), ("ReadSubjectRecord", entry.SubjectId), ("GetEntry", entry.Id), ("ReadEntryHistory", entry.Id), ("odata/official/ListEntries", null),
            ("odata/official/ListEntries", null), ("odata/official/ListEntries", null), ("odata/official/MeasureTasks", (Guid?)null),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_reading_of_one_row_about_a_subject_wants_a_purpose_before_it_looks()
    {
        var readings = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ReadingForPurpose>() is not null)
            .Select(endpoint => (Path: endpoint.RoutePattern.RawText!, Method: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]))
            .Where(reading => reading.Method == "GET")
            .ToArray();
        string[] about = ["tasks", "objections", "repairs", "reparations", "rectifications", "records", "commitments", "exemplars", "checks", "matters", "subjects/code-quality"];
        foreach (var row in about)
        {
            readings.ShouldContain(reading => reading.Path.StartsWith($"/api/{row}/", StringComparison.Ordinal), row);
        }

        using var client = await host.AsAsync("tax.officer");
        client.DefaultRequestHeaders.Remove("Credit-Purpose");
        foreach (var (path, _) in readings)
        {
            var address = path.Replace("{id:guid}", $"{Guid.CreateVersion7()}").Replace("{number}", "CX20261124-0").Replace("{index:int:min(0)}", "0").Replace("{standing}", "Wrong");
            (await client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired, path);
        }
    }

    [Fact]
    public async Task A_check_states_its_purpose_in_its_body_and_keeps_it()
    {
        using var client = await host.AsAsync("finance.officer");
        object Question(string? purpose) => new
        {
            purpose,
            matter = new { kind = "Fiscal", reference = "任财补〔2026〕9号", procedure = "财政补贴审批" },
            subjects = new[] { new { kind = "LegalPerson", code = Proposals.Code("Q1") } },
        };

        using var refused = await client.PostAsJsonAsync("/api/checks", Question(null));
        refused.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await client.PostAsJsonAsync("/api/checks", Question("Curiosity"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var answer = await client.PostAsJsonAsync("/api/checks", Question("Oversight"));
        var number = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString();
        (await _register.Entries.ListAsync(client, $"/odata/official/CheckReceipts?$filter=Purpose eq 'Oversight'")).ShouldHaveSingleItem().GetProperty("Number").GetString().ShouldBe(number);
    }

    [Fact]
    public async Task A_subject_reads_its_own_without_purpose_the_public_needs_none_and_traces_are_for_the_own_department_and_those_who_see_all()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Q2")));
        using var subject = await host.AsAsync(HostFixture.AccountOf(entry.SubjectId));
        await ShouldAnswerAsync(subject, $"/api/entries/{entry.Id}", null, HttpStatusCode.OK, null);
        using var anyone = host.Anonymous();
        (await anyone.GetAsync("/odata/public/ListEntries")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var tax = await host.AsAsync("tax.officer");
        await ShouldAnswerAsync(tax, $"/api/entries/{entry.Id}", "Administration", HttpStatusCode.OK, null);

        using var finance = await host.AsAsync("finance.officer");
        (await _register.Entries.ListAsync(finance, $"/odata/official/QueryTraces?$filter=AboutId eq {entry.Id}")).ShouldBeEmpty();
        using var auditor = await host.AsAsync("auditor");
        (await _register.Entries.ListAsync(auditor, $"/odata/official/QueryTraces?$filter=AboutId eq {entry.Id}")).ShouldAllBe(row => row.GetProperty("Account").GetString() == "tax.officer");
        (await _register.Entries.ListAsync(tax, $"/odata/official/QueryTraces?$filter=AboutId eq {entry.Id}")).ShouldNotBeEmpty();
    }

    private static async Task ShouldAnswerAsync(HttpClient client, string query, string? purpose, HttpStatusCode status, string? code)
    {
        client.DefaultRequestHeaders.Remove("Credit-Purpose");
        if (purpose is not null)
        {
            client.DefaultRequestHeaders.Add("Credit-Purpose", purpose);
        }

        using var answer = await client.GetAsync(query);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, $"{query}: {body}");
        if (code is not null)
        {
            body.ShouldContain($"\"{code}\"");
        }
    }

    private Task<List<Credit.Core.Checks.QueryTrace>> TracesAsync(string account) =>
        _register.ReadAsync(db => db.QueryTraces.AsNoTracking().Where(trace => trace.Account == account).OrderBy(trace => trace.Id).ToListAsync());
}
