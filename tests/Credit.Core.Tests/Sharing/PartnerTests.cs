using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Sharing;

/// <summary>Banks, credit agencies and associations query what they were granted, and of persons what those authorised.</summary>
[Trait("Requirement", "R-3.1.5.b")]
public sealed class PartnerTests(HostFixture host) : IClassFixture<HostFixture>, IAsyncLifetime
{
    private const string Office = "development-reform.officer";
    private const string Bank = "bank.system";

    private readonly RecordJourney _records = new(host);

    public async Task InitializeAsync()
    {
        var granted = await GrantAsync(Bank, "inspections", "list-entries", "criminal-punishments", "collections");
        (granted.Status == HttpStatusCode.Created || granted.Body.Contains("partner-already", StringComparison.Ordinal)).ShouldBeTrue(granted.Body);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_partner_reads_the_items_it_was_granted_and_no_others()
    {
        await _records.SubmitAsync("tax.officer", RecordJourney.Of("P10"));
        await _records.SubmitAsync("tax.officer", RecordJourney.Of("P10", "Confirmation", ("documentNumber", "任确〔2026〕10号")));
        await _records.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P10")));

        var answer = RecordJourney.Json(await QueryAsync(Organisation("P10")));

        answer.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("item").GetString()).ShouldBe(["list-entries", "inspections"], ignoreOrder: true);
        (await QueryAsync(Organisation("P10"), items: ["confirmations"])).Body.ShouldContain("partner-item-not-granted");
        (await QueryAsync(Organisation("P10"), items: ["confirmations"])).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await QueryAsync(Organisation("P10"), purpose: null)).Body.ShouldContain("purpose-missing");
        var query = answer.GetProperty("queryId").GetGuid();
        var logged = await _records.Register.ReadAsync(db => db.RegisterEntries.AsNoTracking().SingleAsync(entry => entry.AggregateId == query));
        (logged.Actor, logged.WireName).ShouldBe((Bank, "partner-query.answered.v1"));
        logged.Payload.ShouldContain("MarketTransaction");

        // What is not granted by its role stays closed too.
        (await _records.GetAsync(Bank, "/odata/official/Subjects")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _records.PostAsync("tax.officer", "/api/partner-queries", new { subject = Organisation("P10"), purpose = "MarketTransaction" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _records.PostAsync("credit-agency.system", "/api/partner-queries", new { subject = Organisation("P10"), purpose = "MarketTransaction" })).Body.ShouldContain("partner-not-granted");
    }

    [Fact]
    public async Task Of_a_person_a_partner_reads_nothing_without_an_authorisation_for_these_items_and_this_purpose()
    {
        var record = await _records.SubmitAsync("tax.officer", RecordJourney.Of("P20", changes: ("subject", RecordJourney.Person())));
        var person = HostFixture.AccountOf(record.GetProperty("subjectId").GetGuid());
        var named = new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = "370811199001010014" };
        var unknown = new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = "370811198505050031" };

        var before = await QueryAsync(named, items: ["inspections"]);
        before.Status.ShouldBe(HttpStatusCode.Forbidden);
        before.Body.ShouldContain("authorisation-missing");

        (await AuthoriseAsync(person, ["confirmations"])).Body.ShouldContain("authorisation-item-not-granted");
        (await AuthoriseAsync(person, ["inspections"], until: "2026-11-23")).Body.ShouldContain("authorisation-term-out-of-range");
        (await AuthoriseAsync(person, ["inspections"], until: "2027-11-25")).Body.ShouldContain("authorisation-term-out-of-range");
        (await AuthoriseAsync("tax.officer", ["inspections"])).Status.ShouldBe(HttpStatusCode.NotFound);
        var given = RecordJourney.Json(await AuthoriseAsync(person, ["inspections"]));

        var answer = await QueryAsync(named, items: ["inspections"]);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Body.ShouldContain("双随机检查");
        answer.Body.ShouldNotContain("370811199001010014");
        (await QueryAsync(named, items: ["inspections", "list-entries"])).Body.ShouldContain("authorisation-missing");
        (await QueryAsync(named, "PublicService", ["inspections"])).Body.ShouldContain("authorisation-missing");
        (await QueryAsync(unknown, items: ["inspections"])).Body.ShouldContain("authorisation-missing", customMessage: "an unknown person is refused alike");

        var path = $"/api/authorisations/{RecordJourney.IdOf(given)}/revocation";
        (await _records.Register.Entries.PostAsync("subject", path, 1, null)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _records.Register.Entries.PostAsync(person, path, 1, null)).Status.ShouldBe(HttpStatusCode.OK);
        (await QueryAsync(named, items: ["inspections"])).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _records.GetAsync(person, "/api/authorisations")).Body.GetProperty("authorisations").EnumerateArray().ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("Revoked");
    }

    [Fact]
    public async Task What_the_catalogue_gives_out_by_authorisation_only_needs_one_of_an_organisation_too()
    {
        var record = await _records.SubmitAsync("tax.officer", RecordJourney.Of("P30"));
        var organisation = HostFixture.AccountOf(record.GetProperty("subjectId").GetGuid());

        (await QueryAsync(Organisation("P30"), items: ["criminal-punishments"])).Body.ShouldContain("authorisation-missing");
        (await AuthoriseAsync(organisation, ["criminal-punishments"])).Status.ShouldBe(HttpStatusCode.Created);
        (await QueryAsync(Organisation("P30"), items: ["criminal-punishments"])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_lead_office_alone_grants_changes_and_ends_what_a_partner_may_query()
    {
        (await _records.PostAsync("tax.approver", "/api/partners", Grant("p.system", "inspections"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GrantAsync("p.system", "payments")).Body.ShouldContain("item-not-shareable");
        (await GrantAsync("p.system", "weather")).Body.ShouldContain("item-unknown");
        var agency = RecordJourney.Json(await GrantAsync("credit-agency.system", "collections"));
        await _records.SubmitAsync("tax.officer", RecordJourney.Of("P40", "Collection"));
        async Task<string> ItemsAsync() => (await _records.PostAsync("credit-agency.system", "/api/partner-queries", new { subject = Organisation("P40"), purpose = "MarketTransaction" })).Body;
        (await ItemsAsync()).ShouldContain("\"item\":\"collections\"");

        var path = $"/api/partners/{RecordJourney.IdOf(agency)}";
        (await _records.Register.Entries.PostAsync(Office, path + "/items", 1, new { items = new[] { "inspections" } })).Status.ShouldBe(HttpStatusCode.OK);
        (await ItemsAsync()).ShouldNotContain("\"item\":\"collections\"");
        (await _records.SetAsync(Office, "Partners?$filter=ClientId eq 'credit-agency.system'")).ShouldHaveSingleItem().GetProperty("ItemCount").GetInt32().ShouldBe(1);
        (await _records.SetAsync("tax.officer", "Partners")).ShouldBeEmpty();
        (await _records.Register.Entries.PostAsync(Office, path + "/revocation", 2, null)).Status.ShouldBe(HttpStatusCode.OK);
        (await ItemsAsync()).ShouldContain("partner-not-granted");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.b")]
    public async Task A_lead_of_a_bank_says_that_a_bank_supplied_it()
    {
        var answer = await _records.PostAsync(Bank, "/api/leads", new { department = "tax", conduct = "Dishonest", subjectCode = Proposals.Code("P50"), statement = "恶意逃废债务。" });
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        (await _records.GetAsync("tax.officer", $"/api/leads/{RecordJourney.IdOf(RecordJourney.Json(answer))}")).Body.GetProperty("supplier").GetString().ShouldBe("FinancialInstitution");
    }

    private static object Organisation(string mark) => new { kind = "LegalPerson", code = Proposals.Code(mark) };

    private static object Grant(string client, params string[] items) => new { clientId = client, name = "任城农商银行", kind = "FinancialInstitution", items };

    private Task<MoveAnswer> GrantAsync(string client, params string[] items) => _records.PostAsync(Office, "/api/partners", Grant(client, items));

    private Task<MoveAnswer> QueryAsync(object subject, string? purpose = "MarketTransaction", string[]? items = null) =>
        _records.PostAsync(Bank, "/api/partner-queries", new { subject, purpose, items });

    private Task<MoveAnswer> AuthoriseAsync(string user, string[] items, string until = "2027-05-24") =>
        _records.PostAsync(user, "/api/authorisations", new { partner = Bank, items, purpose = "MarketTransaction", until });
}
