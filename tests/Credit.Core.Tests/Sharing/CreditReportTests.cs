using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Sharing;

/// <summary>Credit reports: who gets which, kept as issued, verified by anybody who holds one.</summary>
[Trait("Requirement", "R-3.1.5.c")]
public sealed class CreditReportTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RecordJourney _records = new(host);

    [Fact]
    public async Task A_subject_gets_a_numbered_report_about_itself_with_its_cut_off_and_it_stays_as_issued()
    {
        var (subject, _) = await KnownAsync("C10");
        await host.SettleAsync();
        var self = HostFixture.AccountOf(subject);

        var issued = await IssueAsync(self, new { purpose = "MarketTransaction" });
        var document = issued.GetProperty("document");

        document.GetProperty("number").GetString().ShouldBe(issued.GetProperty("number").GetString());
        (document.GetProperty("asOf").GetString(), document.GetProperty("expiresOn").GetString()).ShouldBe(("2026-11-24", "2026-12-24"));
        document.GetProperty("position").GetInt64().ShouldBe(await _records.Register.ReadAsync(db => db.RegisterPositions.MaxAsync(position => position.Position)));
        Items(document).ShouldBe(["payments", "inspections", "list-entries"], ignoreOrder: true);

        // What the register says later is in the next report, not in this one.
        await _records.SubmitAsync("tax.officer", RecordJourney.Of("C10", "Collection", ("documentNumber", "任征〔2026〕10号")));
        var read = (await _records.GetAsync(self, $"/api/credit-reports/{RecordJourney.IdOf(issued)}")).Body;
        read.GetProperty("document").GetRawText().ShouldBe(document.GetRawText());
        read.GetProperty("verificationCode").GetString().ShouldBe(issued.GetProperty("verificationCode").GetString());
        Items((await IssueAsync(self, new { purpose = "MarketTransaction" })).GetProperty("document")).ShouldContain("collections");

        (await _records.GetAsync("tax.officer", $"/api/credit-reports/{RecordJourney.IdOf(issued)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _records.PostAsync(self, "/api/credit-reports", new { purpose = "MarketTransaction", subject = Named("C11") })).Body.ShouldContain("report-of-another");
    }

    [Fact]
    public async Task A_department_gets_one_for_a_purpose_with_shared_items_and_its_own()
    {
        await KnownAsync("C20");

        Items((await IssueAsync("finance.officer", new { purpose = "PublicService", subject = Named("C20") })).GetProperty("document")).ShouldBe(["inspections", "list-entries"], ignoreOrder: true);
        Items((await IssueAsync("tax.officer", new { purpose = "PublicService", subject = Named("C20") })).GetProperty("document")).ShouldContain("payments");
        (await _records.PostAsync("finance.officer", "/api/credit-reports", new { subject = Named("C20") })).Body.ShouldContain("purpose-missing");
        (await _records.PostAsync("finance.officer", "/api/credit-reports", new { purpose = "PublicService", subject = Named("C29") })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _records.PostAsync("association", "/api/credit-reports", new { purpose = "PublicService", subject = Named("C20") })).Body.ShouldContain("report-not-for-caller");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.5.b")]
    public async Task A_credit_agency_gets_one_by_the_subjects_authorisation_and_only_of_its_scope()
    {
        var (subject, _) = await KnownAsync("C30");
        var granted = await _records.PostAsync("development-reform.officer", "/api/partners", new { clientId = "credit-agency.system", name = "某信用服务机构", kind = "CreditAgency", items = new[] { "inspections", "list-entries" } });
        granted.Status.ShouldBe(HttpStatusCode.Created, granted.Body);
        var order = new { purpose = "MarketTransaction", subject = Named("C30") };

        (await _records.PostAsync("credit-agency.system", "/api/credit-reports", order)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var given = await _records.PostAsync(HostFixture.AccountOf(subject), "/api/authorisations", new { partner = "credit-agency.system", items = new[] { "inspections" }, purpose = "MarketTransaction", until = "2026-12-31" });
        given.Status.ShouldBe(HttpStatusCode.Created, given.Body);

        var issued = await IssueAsync("credit-agency.system", order);
        Items(issued.GetProperty("document")).ShouldBe(["inspections"]);
        using var agency = await host.AsAsync("credit-agency.system");
        var address = new Uri($"/api/credit-reports/{issued.GetProperty("id").GetGuid()}", UriKind.Relative);
        (await agency.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var authorisation = JsonSerializer.Deserialize<JsonElement>(given.Body).GetProperty("id").GetGuid();
        (await _records.Register.Entries.PostAsync(HostFixture.AccountOf(subject), $"/api/authorisations/{authorisation}/revocation", 1, null)).Status.ShouldBe(HttpStatusCode.OK);
        (await agency.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "what was taken back is read no more");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.d")]
    public async Task A_report_that_showed_a_wrong_entry_verifies_as_corrected_and_who_has_it_is_told()
    {
        var entry = await _records.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("C60")));
        var issued = await IssueAsync("ecology.officer", new { purpose = "Administration", subject = Named("C60") });
        var (number, code) = (issued.GetProperty("number").GetString()!, issued.GetProperty("verificationCode").GetString()!);
        (await VerifyAsync(number, code)).GetProperty("corrected").GetBoolean().ShouldBeFalse();

        var objection = await _records.Register.AcceptedObjectionAsync("association", entry.Id);
        (await IssueAsync("ecology.officer", new { purpose = "Administration", subject = Named("C60") })).GetRawText().ShouldContain("核实中");
        (await _records.Register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        var verified = await VerifyAsync(number, code);
        (verified.GetProperty("genuine").GetBoolean(), verified.GetProperty("corrected").GetBoolean()).ShouldBe((true, true));
        var owed = await _records.Register.ReadAsync(db => db.Reparations.SingleAsync(each => each.EntryId == entry.Id));
        (await _records.Register.ReadAsync(db => db.Inbox.AnyAsync(item => item.Department == "ecology" && item.Kind == Credit.Core.Oversight.InboxKind.Correction && item.AggregateId == owed.Id))).ShouldBeTrue();
    }

    [Fact]
    public async Task Anybody_verifies_a_report_by_number_and_code_until_and_after_it_expires()
    {
        var (subject, _) = await KnownAsync("C40");
        var issued = await IssueAsync(HostFixture.AccountOf(subject), new { purpose = "MarketTransaction" });
        var (number, code) = (issued.GetProperty("number").GetString()!, issued.GetProperty("verificationCode").GetString()!);

        var genuine = await VerifyAsync(number, code);
        (genuine.GetProperty("genuine").GetBoolean(), genuine.GetProperty("asOf").GetString(), genuine.GetProperty("expired").GetBoolean()).ShouldBe((true, "2026-11-24", false));
        foreach (var (wrongNumber, wrongCode) in new[] { (number, "0000000000000000"), ("RC-20261124-0000000000", code), (number, "") })
        {
            var wrong = await VerifyAsync(wrongNumber, wrongCode);
            wrong.GetProperty("genuine").GetBoolean().ShouldBeFalse();
            wrong.GetProperty("asOf").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        // A document altered in the store has no code that fits.
        await _records.Register.ReadAsync(db => db.Database.ExecuteSqlAsync($"UPDATE core.credit_report SET content = content || '\\x20'::bytea WHERE number = {number}"));
        (await VerifyAsync(number, code)).GetProperty("genuine").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    [Trait("Invariant", "I71")]
    public async Task A_report_about_a_person_holds_no_number_of_the_person()
    {
        var record = await _records.SubmitAsync("tax.officer", RecordJourney.Of("C50", changes: ("subject", RecordJourney.Person())));
        var issued = await IssueAsync(HostFixture.AccountOf(record.GetProperty("subjectId").GetGuid()), new { purpose = "PublicService" });

        issued.ToString().ShouldNotContain("370811");
        Items(issued.GetProperty("document")).ShouldBe(["inspections"]);
        var log = await _records.Register.ReadAsync(db => db.RegisterEntries.AsNoTracking().SingleAsync(entry => entry.AggregateId == RecordJourney.IdOf(issued)));
        (log.Payload + log.Changes).ShouldNotContain("张样本");
    }

    private static string?[] Items(JsonElement document) => [.. document.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("item").GetString())];

    private static object Named(string mark) => new { kind = "LegalPerson", code = Proposals.Code(mark) };

    /// <summary>A subject with a shared record, one that its department keeps to itself, and an entry in force.</summary>
    private async Task<(Guid Subject, EntryAnswer Entry)> KnownAsync(string mark)
    {
        await _records.SubmitAsync("tax.officer", RecordJourney.Of(mark));
        var own = await _records.SubmitAsync("tax.officer", RecordJourney.Of(mark, "Payment", ("documentNumber", $"任给〔2026〕{mark}号")));
        return (own.GetProperty("subjectId").GetGuid(), await _records.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark))));
    }

    private async Task<JsonElement> IssueAsync(string user, object order)
    {
        var answer = await _records.PostAsync(user, "/api/credit-reports", order);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return RecordJourney.Json(answer);
    }

    private async Task<JsonElement> VerifyAsync(string number, string code)
    {
        using var anyone = host.Anonymous();
        using var answer = await anyone.PostAsJsonAsync("/api/credit-reports/verification", new { number, code });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

/// <summary>A host that lets an address verify three times a minute.</summary>
public sealed class NarrowVerificationHost : HostFixture
{
    protected override IReadOnlyList<string> Settings => ["--Limits:VerificationsPerMinute", "3"];
}

/// <summary>Nobody tries codes one after the other, and an expired report says so.</summary>
[Trait("Requirement", "R-3.1.5.c")]
public sealed class VerificationLimitTests(NarrowVerificationHost host) : IClassFixture<NarrowVerificationHost>
{
    [Fact]
    public async Task The_fourth_attempt_of_a_minute_is_refused_and_an_expired_report_is_shown_as_such()
    {
        var records = new RecordJourney(host);
        var record = await records.SubmitAsync("tax.officer", RecordJourney.Of("C60"));
        var issued = RecordJourney.Json(await records.PostAsync(HostFixture.AccountOf(record.GetProperty("subjectId").GetGuid()), "/api/credit-reports", new { purpose = "PublicService" }));
        object stands = new { number = issued.GetProperty("number").GetString(), code = issued.GetProperty("verificationCode").GetString() };
        using var anyone = host.Anonymous();
        async Task<HttpResponseMessage> VerifyAsync() => await anyone.PostAsJsonAsync("/api/credit-reports/verification", stands);

        host.Clock.Advance(TimeSpan.FromDays(30));
        using (var last = await VerifyAsync())
        {
            (await last.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("expired").GetBoolean().ShouldBeFalse("the last day counts");
        }

        host.Clock.Advance(TimeSpan.FromDays(1));
        using (var after = await VerifyAsync())
        {
            (await after.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("expired").GetBoolean().ShouldBeTrue();
        }

        (await VerifyAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await VerifyAsync()).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await anyone.GetAsync(new Uri("/api/catalogue", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK, "other requests are not counted");
    }
}
