using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Subjects;

/// <summary>使用审查: a certificate number is shown with an approved ticket, once, and the log says that it was.</summary>
[Trait("Requirement", "R-3.2.4.f")]
public sealed class ReviewTicketTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Number = "370811199001010014";

    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I84")]
    public async Task The_number_is_shown_once_to_whoever_asked_after_a_second_person_approved_and_the_log_holds_it_nowhere()
    {
        var entry = await PersonAsync("交通运输");
        (await RevealAsync("tax.approver", entry, null)).ShouldBeRefused(HttpStatusCode.Forbidden, "review-ticket-missing");
        var ticket = await AskAsync("tax.approver", entry);
        (await RevealAsync("tax.approver", entry, ticket)).ShouldBeRefused(HttpStatusCode.Conflict, "review-ticket-not-approved");
        (await DecideAsync("tax.approver", ticket)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await DecideAsync("tax.officer", ticket)).Status.ShouldBe(HttpStatusCode.Forbidden, "an approver decides");
        (await DecideAsync("finance.approver", ticket)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await DecideAsync("tax.reviewer", ticket)).Status.ShouldBe(HttpStatusCode.OK);
        (await RevealAsync("tax.reviewer", entry, ticket)).ShouldBeRefused(HttpStatusCode.Forbidden, "review-ticket-of-another");

        using var client = await host.AsAsync("tax.approver");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "reveal-1");
        using var shown = await client.PostAsJsonAsync($"/api/entries/{entry.Id}/reveal", new { ticketId = ticket });

        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
        shown.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var number = await shown.Content.ReadFromJsonAsync<JsonElement>();
        (number.GetProperty("certificateType").GetString(), number.GetProperty("number").GetString()).ShouldBe(("身份证", Number));
        using var again = await client.PostAsJsonAsync($"/api/entries/{entry.Id}/reveal", new { ticketId = ticket });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict, "no answer was kept to be given again");
        (await again.Content.ReadAsStringAsync()).ShouldContain("review-ticket-used");

        var log = await _register.ReadAsync(db => db.RegisterEntries.AsNoTracking().Where(each => each.AggregateId == ticket).OrderBy(each => each.Id).ToListAsync());
        log.Select(each => (each.WireName, each.Actor, each.Department, each.Clause)).ShouldBe(
        [
            ("review-ticket.requested.v1", "tax.approver", "tax", "R-3.2.4.f"),
            ("review-ticket.moved.v1", "tax.reviewer", "tax", "R-3.2.4.f"),
            ("review-ticket.moved.v1", "tax.approver", "tax", "R-3.2.4.f"),
        ]);
        log[^1].Payload.ShouldContain("Used");
        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.register_entry e WHERE e::text LIKE '%{Number}%'")).ShouldBe(0);
        (await host.ScalarAsync<long>($"SELECT count(*) FROM core.idempotency_record r WHERE position('{Number}'::bytea IN coalesce(r.body, ''::bytea)) > 0")).ShouldBe(0);
    }

    [Fact]
    public async Task An_approved_ticket_shows_nothing_after_its_minutes_nor_for_another_entry_nor_when_denied()
    {
        var entry = await PersonAsync("市场监管");
        var other = await PersonAsync("生态环境");
        var ticket = await AskAsync("tax.officer", entry);
        (await DecideAsync("tax.approver", ticket)).Status.ShouldBe(HttpStatusCode.OK);
        (await RevealAsync("tax.officer", other, ticket)).ShouldBeRefused(HttpStatusCode.Forbidden, "review-ticket-missing");
        var denied = await AskAsync("tax.officer", entry);
        (await DecideAsync("tax.approver", denied, approve: false)).Status.ShouldBe(HttpStatusCode.OK);
        (await RevealAsync("tax.officer", entry, denied)).ShouldBeRefused(HttpStatusCode.Conflict, "review-ticket-not-approved");

        host.Clock.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromMilliseconds(1));

        (await RevealAsync("tax.officer", entry, ticket)).ShouldBeRefused(HttpStatusCode.Conflict, "review-ticket-expired");
    }

    [Fact]
    public async Task Twenty_uses_of_one_ticket_at_once_show_the_number_once()
    {
        var entry = await PersonAsync("财政");
        var ticket = await AskAsync("tax.officer", entry);
        (await DecideAsync("tax.approver", ticket)).Status.ShouldBe(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RevealAsync("tax.officer", entry, ticket)));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Body.Contains(Number)).ShouldBe(1);
        (await host.TryAsync($"UPDATE core.review_ticket SET state = 'Approved' WHERE id = '{ticket}'")).State.ShouldBe("23514", "the owner of the database opens it again neither");
    }

    [Fact]
    public async Task Only_who_recognised_the_entry_or_carries_a_measure_of_it_out_may_ask_and_says_why()
    {
        var entry = await PersonAsync("税收征管");
        var organisation = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("T00")));
        var asked = new { purpose = "核对身份", caseNumber = "任税阻〔2026〕3号" };
        (await _register.Entries.PostAsync("ecology.officer", $"/api/entries/{entry.Id}/review-tickets", 1, asked)).ShouldBeRefused(HttpStatusCode.Forbidden, "review-not-concerned");
        (await _register.Entries.PostAsync("subject", $"/api/entries/{entry.Id}/review-tickets", 1, asked)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _register.Entries.PostAsync("tax.officer", $"/api/entries/{organisation.Id}/review-tickets", 1, asked)).ShouldBeRefused(HttpStatusCode.Conflict, "nothing-masked");
        (object Body, string Code)[] wrong =
        [
            (new { purpose = " ", caseNumber = "3号" }, "purpose-missing"),
            (new { purpose = "核对身份", caseNumber = "" }, "case-number-missing"),
            (new { purpose = $"核对 {Number}", caseNumber = "3号" }, "purpose-names-person"),
        ];
        foreach (var (body, code) in wrong)
        {
            (await _register.Entries.PostAsync("tax.officer", $"/api/entries/{entry.Id}/review-tickets", 1, body)).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, code);
        }

        await host.SettleAsync();
        (await _register.Entries.PostAsync("finance.officer", $"/api/entries/{entry.Id}/review-tickets", 1, asked)).Status.ShouldBe(HttpStatusCode.Created, "it carries a measure out");
    }

    [Fact]
    public async Task An_account_asks_as_often_on_one_day_as_the_policy_pack_allows()
    {
        var entry = await PersonAsync("住建");
        for (var asked = 0; asked < 10; asked++)
        {
            await AskAsync("tax.system", entry);
        }

        (await _register.Entries.PostAsync("tax.system", $"/api/entries/{entry.Id}/review-tickets", 1, new { purpose = "核对身份", caseNumber = "4号" }))
            .ShouldBeRefused(HttpStatusCode.Conflict, "review-quota-reached");
        _ = await AskAsync("tax.reviewer", entry);
    }

    private Task<EntryAnswer> PersonAsync(string domain) =>
        _register.Entries.InForceAsync("tax", Proposals.BlackPerson().With(("domain", domain), ("noticeExemption", "税收征收管理法第四十条")));

    private async Task<Guid> AskAsync(string user, EntryAnswer entry)
    {
        var asked = await _register.Entries.PostAsync(user, $"/api/entries/{entry.Id}/review-tickets", 1, new { purpose = "核对出境限制对象身份", caseNumber = "任税阻〔2026〕3号" });
        asked.Status.ShouldBe(HttpStatusCode.Created, asked.Body);
        asked.Body.ShouldNotContain(Number);
        return JsonSerializer.Deserialize<JsonElement>(asked.Body).GetProperty("id").GetGuid();
    }

    private Task<MoveAnswer> DecideAsync(string user, Guid ticket, bool approve = true) =>
        _register.Entries.PostAsync(user, $"/api/review-tickets/{ticket}/decision", 1, new { approve });

    private Task<MoveAnswer> RevealAsync(string user, EntryAnswer entry, Guid? ticket) =>
        _register.Entries.PostAsync(user, $"/api/entries/{entry.Id}/reveal", 1, new { ticketId = ticket });
}

/// <summary>Assertions on refused moves.</summary>
internal static class RefusedMoves
{
    public static void ShouldBeRefused(this MoveAnswer answer, HttpStatusCode status, string code)
    {
        answer.Status.ShouldBe(status, answer.Body);
        answer.Body.ShouldContain($"\"{code}\"");
    }
}
