using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

/// <summary>Reporting in time and late, why an entry leaves, and what is remembered of it.</summary>
public sealed class EntryHistoryTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Requirement", "R-3.2.3.c")]
    public async Task An_entry_shows_the_measures_received_and_the_exits_to_those_who_may_see_them()
    {
        var (entry, tasks) = await _register.DispatchedAsync("B00");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        (await _register.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await _register.BanAsync(task.Id)).Status.ShouldBe(HttpStatusCode.OK);
        (await _register.Entries.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "已修订。" })).Status.ShouldBe(HttpStatusCode.OK);

        var history = await HistoryAsync("tax.officer", entry.Id);

        var measures = history.GetProperty("measures").EnumerateArray().ToArray();
        measures.Length.ShouldBe(tasks.Count);
        measures.Single(measure => measure.GetProperty("measureKey").GetString() == "TAX-BLACK/9").GetProperty("fedBackOn").GetString().ShouldBe("2026-11-24");
        var exit = history.GetProperty("exits").EnumerateArray().ShouldHaveSingleItem();
        (exit.GetProperty("reason").GetString(), exit.GetProperty("exitedOn").GetString()).ShouldBe(("StandardChanged", "2026-11-24"));
        history.GetProperty("repairs").EnumerateArray().ShouldBeEmpty();
        (await HistoryAsync("finance.officer", entry.Id)).GetProperty("measures").EnumerateArray()
            .ShouldAllBe(measure => measure.GetProperty("department").GetString() == "finance", "another department's tasks are its own");
        var watch = await _register.ReadAsync(db => db.Entries.SingleAsync(each => each.PredecessorId == entry.Id));
        (await HistoryAsync("tax.officer", watch.Id)).GetProperty("exits").EnumerateArray().ShouldHaveSingleItem().GetProperty("entryId").GetGuid().ShouldBe(entry.Id);
        var draft = await _register.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B01")));
        using var stranger = await host.AsAsync("finance.officer");
        (await stranger.GetAsync($"/api/entries/{draft.Id}/history")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Requirement", "R-3.2.3.c")]
    public async Task An_entry_shows_its_repairs_and_what_came_of_them_to_those_who_may_see_them()
    {
        var repairs = new RepairJourney(host);
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("B05")));
        var refused = await repairs.ApplyAsync(entry);
        await repairs.DoneAsync("tax.officer", refused, "acceptance");
        await repairs.DoneAsync("tax.approver", refused, "decision", new { approve = false, finding = "承诺书未公示。" });
        var approved = await repairs.ApprovedAsync(entry);
        await repairs.DoneAsync(RepairJourney.SubjectOf(entry), approved, "early-exit", RepairJourney.Performed);
        await repairs.DoneAsync("tax.reviewer", approved, "early-exit-decision", new { grant = true, dutiesFulfilled = true, finding = "义务已履行。" });

        foreach (var user in new[] { "tax.officer", "development-reform.officer", RepairJourney.SubjectOf(entry) })
        {
            var history = await HistoryAsync(user, entry.Id);
            history.GetProperty("repairs").EnumerateArray().Select(repair => (repair.GetProperty("repairId").GetGuid(), repair.GetProperty("state").GetString(), repair.GetProperty("exitDecidedOn").GetString()))
                .ShouldBe([(refused, "Refused", null), (approved, "ExitGranted", "2026-11-24")], user);
            history.GetProperty("repairs")[1].GetProperty("modes").EnumerateArray().Select(mode => mode.GetString()).ShouldBe(["PublicCommitment"]);
            history.GetProperty("exits").EnumerateArray().ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("Repaired");
        }

        (await HistoryAsync("finance.officer", entry.Id)).GetProperty("repairs").EnumerateArray().ShouldHaveSingleItem().GetProperty("repairId").GetGuid()
            .ShouldBe(approved, "what came to nothing is between recogniser and subject");
    }

    [Theory]
    [Trait("Invariant", "I29")]
    [Trait("Requirement", "R-3.2.4.c")]
    [InlineData("B10", "2026-11-13", "2026-11-24", false)]
    [InlineData("B11", "2026-11-12", "2026-11-23", true)]
    public async Task An_entry_reported_after_seven_working_days_is_late_for_ever(string mark, string recognisedOn, string due, bool late)
    {
        var entry = await _register.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code(mark)));
        var recognised = await _register.Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12, recognisedOn });
        recognised.Entry.ReportDue.ShouldBe(due);

        var reported = await _register.Entries.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });

        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        (await _register.ReadAsync(db => db.Entries.SingleAsync(each => each.Id == entry.Id))).ReportedLate.ShouldBe(late);
        reported.Entry.Version.ShouldBe(recognised.Entry.Version + 1, "a later change is a later version");
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.d")]
    public async Task An_entry_that_is_public_names_a_channel_beside_Credit_China()
    {
        var entry = await _register.Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("B20")));
        var recognised = await _register.Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });

        foreach (var channels in new[] { Array.Empty<string>(), ["CreditChina"] })
        {
            var refused = await _register.Entries.MoveAsync("tax.approver", recognised.Entry, "report", new { channels });
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            refused.Body.ShouldContain("channel-missing");
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.2.4.i")]
    public async Task The_public_feed_names_its_source_the_instant_it_is_as_of_and_its_terms()
    {
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("B60")));
        using var anyone = host.Anonymous();

        using var answer = await anyone.GetAsync($"/odata/public/ListEntries?$filter=Id eq {entry.Id}");

        var row = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value").EnumerateArray().ShouldHaveSingleItem();
        (row.GetProperty("Recogniser").GetString(), row.GetProperty("RecogniserName").GetString()).ShouldBe(("tax", "任城区税务局"));
        answer.Headers.GetValues("Credit-As-Of").ShouldHaveSingleItem().ShouldBe("2026-11-24T02:00:00.000Z");
        answer.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldBe("</terms>; rel=\"terms-of-service\"");
        (await anyone.GetFromJsonAsync<JsonElement>("/terms")).GetProperty("zh").GetArrayLength().ShouldBeGreaterThan(2);
    }

    private async Task<JsonElement> HistoryAsync(string user, Guid id)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>($"/api/entries/{id}/history");
    }
}
