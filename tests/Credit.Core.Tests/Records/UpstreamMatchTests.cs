using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Records;

/// <summary>The district's catalogue follows province and city: matched by the lead office from documents it cites, never invented.</summary>
[Trait("Requirement", "R-2.1")]
public sealed class UpstreamMatchTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    public async Task An_item_carries_its_province_and_city_item_after_the_lead_office_matched_it()
    {
        var before = await CatalogueAsync();
        Upstream(before, "penalties").Select(each => (each.GetProperty("level").GetString(), each.GetProperty("matched").GetBoolean()))
            .ShouldBe([("National", true), ("Province", false), ("City", false)]);
        (await GapsAsync()).Count(gap => gap.GetProperty("item").GetString() == "penalties").ShouldBe(2);

        var city = await MatchAsync("penalties", "City", "样本-07", "行政处罚信息（样本）");
        (await InboxAsync(city)).DoneAt.ShouldBeNull("it waits for the second person");
        Upstream(await CatalogueAsync(), "penalties")[2].GetProperty("matched").GetBoolean().ShouldBeFalse("only proposed");
        (await GapsAsync()).Single(gap => (gap.GetProperty("item").GetString(), gap.GetProperty("level").GetString()) == ("penalties", "City")).GetProperty("proposed").GetBoolean().ShouldBeTrue();
        (await DecideAsync("development-reform.approver", city)).ShouldBe(HttpStatusCode.Forbidden, "who proposed it does not decide it");
        (await DecideAsync("development-reform.reviewer", city)).ShouldBe(HttpStatusCode.OK);
        (await InboxAsync(city)).DoneAt.ShouldNotBeNull();
        (await DecideAsync("development-reform.reviewer", await MatchAsync("penalties", "Province", "样本-3.2", "行政处罚（样本）"))).ShouldBe(HttpStatusCode.OK);

        var catalogue = await CatalogueAsync();
        var upstream = Upstream(catalogue, "penalties");
        upstream.ShouldAllBe(each => each.GetProperty("matched").GetBoolean());
        (upstream[2].GetProperty("number").GetString(), upstream[2].GetProperty("title").GetString(), upstream[2].GetProperty("document").GetString())
            .ShouldBe(("样本-07", "行政处罚信息（样本）", "样本目录（样本〔2026〕1号）"));
        Share(catalogue, "Province").ShouldBe(Share(before, "Province") + 1);
        Share(catalogue, "City").ShouldBe(Share(before, "City") + 1);
        (await GapsAsync()).Count(gap => gap.GetProperty("item").GetString() == "penalties").ShouldBe(0);
        (await GapsAsync()).ShouldNotBeEmpty("the others are still to be matched");
    }

    [Fact]
    public async Task A_new_version_replaces_the_old_one_which_stays_readable()
    {
        (await DecideAsync("development-reform.reviewer", await MatchAsync("licences", "City", "样本-01", "行政许可（样本）"))).ShouldBe(HttpStatusCode.OK);
        var second = await MatchAsync("licences", "City", "样本-11", "行政许可信息（样本）");
        using (var again = await TryMatchAsync("development-reform.approver", "licences", "City", "样本-12", "行政许可"))
        {
            again.StatusCode.ShouldBe(HttpStatusCode.Conflict, "one proposal at a time");
        }

        (await DecideAsync("development-reform.reviewer", second)).ShouldBe(HttpStatusCode.OK);

        Upstream(await CatalogueAsync(), "licences")[2].GetProperty("version").GetInt32().ShouldBe(2);
        using var officer = await host.AsAsync("tax.officer");
        (await _register.Entries.ListAsync(officer, "/odata/official/UpstreamMatches?$filter=Item eq 'licences'&$orderby=Number"))
            .Select(row => (row.GetProperty("ItemNumber").GetString(), row.GetProperty("State").GetString())).ShouldBe([("样本-01", "Replaced"), ("样本-11", "InForce")]);
    }

    [Fact]
    public async Task A_match_without_document_or_by_another_office_is_refused()
    {
        using var bare = await TryMatchAsync("development-reform.approver", "subjects", "City", "1", "基础信息", document: " ");
        (bare.StatusCode, await bare.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(
            answer => answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity), answer => answer.Item2.ShouldContain("upstream-match-incomplete"));
        using var unknown = await TryMatchAsync("development-reform.approver", "no-such-item", "City", "1", "基础信息");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var other = await TryMatchAsync("tax.approver", "subjects", "City", "1", "基础信息");
        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static JsonElement[] Upstream(JsonElement catalogue, string item) =>
        [.. catalogue.GetProperty("items").EnumerateArray().Single(each => each.GetProperty("key").GetString() == item).GetProperty("upstream").EnumerateArray()];

    private static int Share(JsonElement catalogue, string level) =>
        catalogue.GetProperty("matched").EnumerateArray().Single(each => each.GetProperty("level").GetString() == level).GetProperty("matched").GetInt32();

    private async Task<JsonElement> CatalogueAsync()
    {
        using var anyone = host.Anonymous();
        return await anyone.GetFromJsonAsync<JsonElement>("/api/catalogue");
    }

    private async Task<JsonElement[]> GapsAsync()
    {
        using var lead = await host.AsAsync("development-reform.officer");
        return [.. (await lead.GetFromJsonAsync<JsonElement>("/api/catalogue/upstream-gaps")).EnumerateArray()];
    }

    private async Task<HttpResponseMessage> TryMatchAsync(string user, string item, string level, string number, string title, string document = "样本目录（样本〔2026〕1号）")
    {
        using var client = await host.AsAsync(user);
        return await client.PostAsJsonAsync($"/api/catalogue/{item}/upstream-matches", new { level, number, title, document });
    }

    private async Task<Guid> MatchAsync(string item, string level, string number, string title)
    {
        using var answer = await TryMatchAsync("development-reform.approver", item, level, number, title);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetGuid();
    }

    private async Task<HttpStatusCode> DecideAsync(string user, Guid id) =>
        (await _register.Entries.PostAsync(
            user, $"/api/upstream-matches/{id}/decision", await _register.ReadAsync(db => db.UpstreamMatches.Where(each => each.Id == id).Select(each => each.Version).SingleAsync()),
            new { accept = true, finding = "与所引文件一致。" })).Status;

    private Task<InboxItem> InboxAsync(Guid id) => _register.ReadAsync(db => db.Inbox.AsNoTracking().SingleAsync(item => item.AggregateId == id && item.Kind == InboxKind.SecondPerson));
}
