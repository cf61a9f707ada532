using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.DueProcess;

/// <summary>Who decides about an objection, and what each party learns of it.</summary>
public sealed class ObjectionDecisionTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Theory]
    [Trait("Invariant", "I59")]
    [Trait("Invariant", "I84")]
    [Trait("Requirement", "R-3.5.7.b")]
    [InlineData("dismissal", "400")]
    [InlineData("conclusion", "401")]
    public async Task An_approver_decides_who_had_no_part_in_the_entry(string action, string mark)
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark)));
        var objection = await _journey.ObjectAsync("association", entry.Id);
        if (action == "conclusion")
        {
            (await _journey.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var body = new { conclusion = "Upheld", finding = "不属于本条目" };
        object decision = action == "conclusion" ? body : new { body.finding };
        (await _journey.OnObjectionAsync("tax.officer", objection, action, decision)).Status.ShouldBe(HttpStatusCode.Forbidden, "an officer does not decide");
        var own = await _journey.OnObjectionAsync("tax.approver", objection, action, decision);
        own.Status.ShouldBe(HttpStatusCode.Forbidden);
        own.Body.ShouldContain("four-eyes", customMessage: "who recognised the entry");
        (await _journey.OnObjectionAsync("finance.approver", objection, action, decision)).Status.ShouldBe(HttpStatusCode.NotFound, "another department's");

        var decided = await _journey.OnObjectionAsync("tax.reviewer", objection, action, decision);

        decided.Status.ShouldBe(HttpStatusCode.OK, decided.Body);
        var stored = await _journey.ReadAsync(db => db.Objections.SingleAsync(each => each.Id == objection));
        (stored.ConcludedBy, stored.Finding, stored.AnswerToReporter, stored.AnswerToSubject).ShouldBe(("tax.reviewer", body.finding, body.finding, body.finding));
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", body)).Status.ShouldBe(HttpStatusCode.Conflict, "one decision (I56)");
    }

    [Fact]
    [Trait("Invariant", "I15")]
    [Trait("Invariant", "I16")]
    [Trait("Requirement", "R-3.2.2.c")]
    [Trait("Requirement", "R-3.2.2.d")]
    public async Task A_person_whose_early_objection_was_rejected_is_still_told_first_and_can_then_be_recognised()
    {
        var entry = await _journey.Entries.ProposeAsync("tax.officer", Proposals.BlackPerson());
        var objection = await _journey.ObjectAsync("tax.officer", entry.Id);
        (await _journey.OnObjectionAsync("tax.reviewer", objection, "dismissal", new { finding = "异议不成立" })).Status.ShouldBe(HttpStatusCode.OK);
        (await NowAsync(entry, "tax.approver", "recognition", new { watchMonthsAfterExit = 12 })).Body.ShouldContain("prior-notice-missing");

        (await NowAsync(entry, "tax.officer", "notice", new { deliveredOn = "2026-11-16" })).Status.ShouldBe(HttpStatusCode.OK);
        (await NowAsync(entry, "tax.officer", "notice", new { deliveredOn = "2026-11-23" })).Body.ShouldContain("notice-already-served");

        (await NowAsync(entry, "tax.approver", "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.g")]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Invariant", "I66")]
    public async Task A_corrected_term_moves_expiry_and_publication_with_it()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new TaskJourney(own);
            var entry = await journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("410")));
            var objection = await journey.AcceptedObjectionAsync("association", entry.Id);
            var past = await journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "期限有误", correctedValidTo = "2026-11-23" });
            past.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            past.Body.ShouldContain("validity-over");
            (await journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "期限有误" })).Body.ShouldContain("corrected-facts-missing");

            var corrected = await journey.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "期限有误", correctedValidTo = "2026-11-25" });

            corrected.Status.ShouldBe(HttpStatusCode.OK, corrected.Body);
            (await journey.Entries.ReadAsync("tax.officer", entry.Id)).ValidTo.ShouldBe("2026-11-25");
            (await journey.ReadAsync(db => db.Deadlines.SingleAsync(each => each.AggregateId == entry.Id && each.Kind == DeadlineKind.EntryExpiry))).DueOn.ShouldBe(new DateOnly(2026, 11, 25));
            using var anyone = own.Anonymous();
            (await journey.Entries.ListAsync(anyone, "/odata/public/ListEntries")).ShouldHaveSingleItem().GetProperty("ValidTo").GetString().ShouldBe("2026-11-25");
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(8)));
            (await journey.Entries.ListAsync(anyone, "/odata/public/ListEntries")).ShouldBeEmpty();
            (await own.SweepAsync()).ShouldBeGreaterThan(0);
            own.ForgetTokens();
            (await journey.Entries.ReadAsync("tax.officer", entry.Id)).ExitReason.ShouldBe("Expired");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    public async Task A_doubt_about_a_measure_reaches_the_department_that_carries_it_out_and_an_overdue_one_is_escalated()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new TaskJourney(own);
            var (entry, tasks) = await journey.DispatchedAsync("420");
            var task = tasks.First(each => each.Department == "finance");
            using var association = await own.AsAsync("association");
            using var unknown = await association.PostAsJsonAsync($"/api/entries/{entry.Id}/objections", new { grounds = "不应禁止", taskId = Guid.CreateVersion7() });
            unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

            using var filed = await association.PostAsJsonAsync($"/api/entries/{entry.Id}/objections", new { grounds = "不应禁止", taskId = task.Id });

            filed.StatusCode.ShouldBe(HttpStatusCode.Created);
            var id = (await filed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
            var told = await journey.ReadAsync(db => db.Inbox.Where(item => item.Kind == InboxKind.Objection && item.AggregateId == id).Select(item => item.Department).ToListAsync());
            told.ShouldBe(["tax", "finance"], ignoreOrder: true);
            using var finance = await own.AsAsync("finance.officer");
            (await finance.GetAsync($"/api/objections/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);

            // Two working days to take it up: over on the third.
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.FromHours(8)));
            await own.SweepAsync();
            (await EscalatedAsync()).ShouldBeEmpty("the last day is in time");
            own.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8)));
            await own.SweepAsync();
            (await EscalatedAsync()).ShouldBe(["finance", "development-reform"], ignoreOrder: true);

            Task<List<string>> EscalatedAsync() => journey.ReadAsync(db => db.Inbox
                .Where(item => item.Kind == InboxKind.DeadlinePassed && db.Deadlines.Any(each => each.Id == item.AggregateId && each.AggregateId == id))
                .Select(item => item.Department).ToListAsync());
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private async Task<MoveAnswer> NowAsync(EntryAnswer entry, string user, string action, object body) =>
        await _journey.Entries.MoveAsync(user, await _journey.Entries.ReadAsync("tax.officer", entry.Id), action, body);
}
