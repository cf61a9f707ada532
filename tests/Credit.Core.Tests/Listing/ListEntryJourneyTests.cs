using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Listing;

/// <summary>An entry's way through the host, from proposal to exit.</summary>
public sealed class ListEntryJourneyTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.2.1.b")]
    [Trait("Requirement", "R-3.2.4.c")]
    [Trait("Invariant", "I84")]
    public async Task A_black_entry_is_proposed_recognised_by_a_second_officer_and_reported()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.ProposeAsync("tax.officer", Proposals.Black());
        entry.State.ShouldBe("Draft");

        (await journey.MoveAsync("tax.officer", entry, "recognition", new { })).Status.ShouldBe(HttpStatusCode.Forbidden, "an officer has no right to recognise");
        var recognised = await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        recognised.Entry.ReportDue.ShouldBe("2026-12-03", "7 working days from 2026-11-24");

        var reported = await journey.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        reported.Entry.State.ShouldBe("Active");
        reported.Entry.ValidFrom.ShouldBe("2026-11-24");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.e")]
    [Trait("Invariant", "I3")]
    public async Task A_blacklisted_subject_is_refused_on_a_red_list_and_the_answer_names_the_black_entry()
    {
        var journey = new EntryJourney(host);
        var black = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("B0")));
        var red = await journey.ProposeAsync("market-supervision.officer", Proposals.Red(Proposals.Code("B0")));

        var refused = await journey.MoveAsync("market-supervision.approver", red, "recognition", new { });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("red-but-black");
        refused.Body.ShouldContain(black.Id.ToString());
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.c")]
    [Trait("Invariant", "I1")]
    [Trait("Invariant", "I24")]
    public async Task Reporting_a_black_entry_takes_the_subject_off_every_red_list_at_once()
    {
        var journey = new EntryJourney(host);
        var red = await journey.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("B1")));

        _ = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("B1")));

        var left = await journey.ReadAsync("market-supervision.officer", red.Id);
        left.State.ShouldBe("Exited");
        left.ExitReason.ShouldBe("Blacklisted");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    [Trait("Invariant", "I15")]
    public async Task A_natural_person_is_not_listed_black_without_prior_notice()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.ProposeAsync("tax.officer", Proposals.BlackPerson());

        var refused = await journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("prior-notice-missing");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Requirement", "R-3.5.6.d")]
    [Trait("Requirement", "R-3.5.7.c")]
    [Trait("Invariant", "I40")]
    [Trait("Invariant", "I45")]
    public async Task Measures_are_dispatched_rest_on_an_accepted_objection_and_stop_on_exit()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("B2")));
        await host.SettleAsync();

        using var lead = await host.AsAsync("development-reform.officer");
        var tasks = await journey.ListAsync(lead, $"/odata/official/MeasureTasks?$filter=EntryId eq {entry.Id}&$orderby=Department");
        tasks.Count.ShouldBeGreaterThan(3);
        tasks.ShouldAllBe(task => task.GetProperty("Execution").GetString() == "Running");

        using var association = await host.AsAsync("association");
        using var filed = await association.PostAsJsonAsync($"/api/entries/{entry.Id}/objections", new { grounds = "税款已缴清" });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created, await filed.Content.ReadAsStringAsync());
        var objection = await filed.Content.ReadFromJsonAsync<JsonElement>();
        var id = objection.GetProperty("id").GetGuid();

        (await journey.PostAsync("tax.officer", $"/api/objections/{id}/acceptance", 1, null)).Status.ShouldBe(HttpStatusCode.OK);
        tasks = await journey.ListAsync(lead, $"/odata/official/MeasureTasks?$filter=EntryId eq {entry.Id}");
        tasks.ShouldAllBe(task => task.GetProperty("Execution").GetString() == "Suspended");

        var concluded = await journey.PostAsync("tax.reviewer", $"/api/objections/{id}/conclusion", 2, new { conclusion = "Revoked", finding = "误列入" });
        concluded.Status.ShouldBe(HttpStatusCode.OK, concluded.Body);
        tasks = await journey.ListAsync(lead, $"/odata/official/MeasureTasks?$filter=EntryId eq {entry.Id}");
        tasks.ShouldAllBe(task => task.GetProperty("State").GetString() == "StopRequested");
        var watches = await journey.ListAsync(lead, $"/odata/official/ListEntries?$filter=SubjectCode eq '{Proposals.Code("B2")}'");
        watches.ShouldHaveSingleItem("an erroneous entry opens no watch entry (I7)");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.g")]
    [Trait("Requirement", "R-3.5.6.a")]
    [Trait("Invariant", "I6")]
    [Trait("Invariant", "I33")]
    [Trait("Invariant", "I34")]
    public async Task An_entry_is_gone_the_day_after_its_last_day_and_the_watch_entry_follows_without_a_gap()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new EntryJourney(own);
            var entry = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("B3"), validTo: "2026-11-25"));
            using var anyone = own.Anonymous();
            (await journey.ListAsync(anyone, "/odata/public/ListEntries")).ShouldHaveSingleItem();

            own.Clock.Advance(TimeSpan.FromHours(38));
            (await journey.ListAsync(anyone, "/odata/public/ListEntries")).ShouldBeEmpty("expiry is true at read time, before any job ran");
            own.ForgetTokens();
            var red = await journey.ProposeAsync("market-supervision.officer", Proposals.Red(Proposals.Code("B3")));
            (await journey.MoveAsync("market-supervision.approver", red, "recognition", new { })).Body.ShouldContain("red-but-black", customMessage: "there is no gap to slip through");
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => own.SweepAsync()));
            await own.SettleAsync();

            own.ForgetTokens();
            using var lead = await own.AsAsync("development-reform.officer");
            var entries = (await journey.ListAsync(lead, "/odata/official/ListEntries?$orderby=ValidTo")).Where(row => row.GetProperty("List").GetString() != "Red").ToArray();
            entries.Length.ShouldBe(2);
            entries[0].GetProperty("ExitedOn").GetString().ShouldBe("2026-11-26");
            entries[1].GetProperty("List").GetString().ShouldBe("Watch");
            entries[1].GetProperty("ValidFrom").GetString().ShouldBe("2026-11-26");
            (await journey.MoveAsync("market-supervision.approver", red, "recognition", new { })).Body.ShouldContain("red-but-watch");
            entry.State.ShouldBe("Active");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/odata/official/RefusedBids")]
    [InlineData("/odata/official/TaxGradeDecisions")]
    [InlineData("/odata/official/RefusedRegistrations")]
    public async Task Sets_of_modules_are_queryable(string set)
    {
        using var lead = await host.AsAsync("development-reform.officer");
        using var answer = await lead.GetAsync(set + "?$count=true");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
