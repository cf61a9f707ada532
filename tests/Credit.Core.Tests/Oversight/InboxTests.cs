using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Oversight;

public sealed class InboxTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.5.6.d")]
    [Trait("Requirement", "R-3.5.7.d")]
    [Trait("Invariant", "I47")]
    [Trait("Invariant", "I80")]
    [Trait("Invariant", "I89")]
    public async Task An_exit_is_reported_to_the_lead_office_and_an_item_is_done_with_once_by_its_own_department()
    {
        var journey = new TaskJourney(host);
        var (entry, _) = await journey.DispatchedAsync("H0");
        var objection = await journey.AcceptedObjectionAsync("association", entry.Id);
        (await journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "误列入" })).Status.ShouldBe(HttpStatusCode.OK);

        (await InboxAsync("development-reform.officer")).ShouldContain(item => item.GetProperty("kind").GetString() == "ExitReported" && item.GetProperty("aggregateId").GetGuid() == entry.Id);
        (await InboxAsync("finance.officer")).ShouldNotContain(item => item.GetProperty("aggregateId").GetGuid() == entry.Id);
        (await InboxAsync("auditor")).Select(item => item.GetProperty("department").GetString()).Distinct().Count().ShouldBeGreaterThan(1);
        var reparation = (await InboxAsync("tax.officer")).Single(item => item.GetProperty("kind").GetString() == "Reparation").GetProperty("id").GetGuid();
        (await CompleteAsync("tax.officer", reparation, "已办")).ShouldBe(HttpStatusCode.Conflict, "the reparation is still owed");
        var doubt = (await InboxAsync("tax.officer")).Single(item => item.GetProperty("kind").GetString() == "Objection").GetProperty("id").GetGuid();

        (await CompleteAsync("finance.officer", doubt, "已办")).ShouldBe(HttpStatusCode.NotFound);
        (await CompleteAsync("tax.officer", doubt, " ")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CompleteAsync("tax.officer", doubt, "已核实", version: null)).ShouldBe((HttpStatusCode)428);
        (await CompleteAsync("tax.officer", doubt, "已核实", version: 7)).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await CompleteAsync("tax.officer", doubt, "已核实")).ShouldBe(HttpStatusCode.OK);
        (await CompleteAsync("tax.approver", doubt, "又办")).ShouldBe(HttpStatusCode.PreconditionFailed, "done with by another officer meanwhile");
        (await CompleteAsync("tax.approver", doubt, "又办", version: 2)).ShouldBe(HttpStatusCode.Conflict);
        var logged = await journey.ReadAsync(db => db.RegisterEntries.AsNoTracking().Where(entry => entry.AggregateId == doubt).ToListAsync());
        var log = logged.ShouldHaveSingleItem();
        (log.WireName, log.Actor, log.Department, log.Version, log.BeforeHash is null, log.AfterHash is null).ShouldBe(("inbox-item.done.v1", "tax.officer", "tax", 2, false, false));
        log.Changes.ShouldNotContain("已核实", customMessage: "the log keeps the hash of what was written");
        // An item that its own steps close has its entry too, in their transaction.
        (await journey.ReadAsync(db => db.RegisterEntries.CountAsync(entry => entry.WireName == "inbox-item.done.v1"))).ShouldBe(
            await journey.ReadAsync(db => db.Inbox.CountAsync(item => item.DoneAt != null)));

        (await InboxAsync("tax.officer")).ShouldNotContain(item => item.GetProperty("id").GetGuid() == doubt);
        var done = (await InboxAsync("tax.officer", "?done=true")).Single(item => item.GetProperty("id").GetGuid() == doubt);
        done.GetProperty("outcome").GetString().ShouldBe("已核实");
        (await InboxAsync("tax.officer", $"?done=true&after={doubt}")).ShouldNotContain(item => item.GetProperty("id").GetGuid() == doubt);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.b")]
    public async Task A_recognition_is_reported_to_the_lead_office_and_to_nobody_else()
    {
        var journey = new TaskJourney(host);
        var (entry, _) = await journey.DispatchedAsync("H1");

        var reported = (await InboxAsync("auditor")).Where(item => item.GetProperty("kind").GetString() == "RecognitionReported" && item.GetProperty("aggregateId").GetGuid() == entry.Id);

        reported.ShouldHaveSingleItem().GetProperty("department").GetString().ShouldBe("development-reform");
    }

    [Fact]
    [Trait("Requirement", "R-3.4.5.a")]
    public async Task That_misconduct_was_reported_is_told_to_its_handler_and_to_no_auditor()
    {
        using var anyone = host.Anonymous();
        using var reported = await anyone.PostAsJsonAsync(
            "/api/reports", new { handler = "market-supervision", subjectName = "任城某某食品有限公司", conduct = "伪造检验报告", statement = "检验报告系伪造。" });
        reported.StatusCode.ShouldBe(HttpStatusCode.Created);

        (await InboxAsync("market-supervision.officer")).ShouldContain(item => item.GetProperty("kind").GetString() == "MisconductReport");
        (await InboxAsync("auditor")).ShouldNotContain(item => item.GetProperty("kind").GetString() == "MisconductReport");
    }

    private async Task<IReadOnlyList<JsonElement>> InboxAsync(string user, string query = "")
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync("/api/inbox" + query);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("items").EnumerateArray()];
    }

    private async Task<HttpStatusCode> CompleteAsync(string user, Guid id, string outcome, int? version = 1)
    {
        using var client = await host.AsAsync(user);
        if (version is { } seen)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"v{seen}\"");
        }

        using var answer = await client.PostAsJsonAsync($"/api/inbox/{id}/completion", new { outcome });
        return answer.StatusCode;
    }
}
