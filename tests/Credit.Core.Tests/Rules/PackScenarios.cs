using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Publicity;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Rules;

/// <summary>One suite of scenarios, from proposal to exit, run under every pack (architecture §6).</summary>
public abstract class PackScenarios(PackHost host)
{
    private readonly RepairJourney _journey = new(host);

    private PackExpectations Expected => host.Expected;

    private EntryJourney Entries => _journey.Register.Entries;

    [Fact]
    [Trait("Invariant", "I93")]
    [Trait("Invariant", "I20")]
    [Trait("Requirement", "R-3.5.4.a")]
    public async Task A_listing_keeps_the_pack_it_is_decided_under_and_shows_its_repair_terms_everywhere()
    {
        var proposal = Proposals.Black(Proposals.Code("K00"), validTo: "2029-11-20").With(("decidedOn", "2026-11-20"), ("repairModes", "公开信用承诺;提交信用报告"), ("repairMonths", 24));
        var entry = await ListedAsync(proposal);

        var repairFrom = Expected.RepairAfterMonths == 0 ? "2026-11-24" : "2027-11-20";
        foreach (var user in new[] { "tax.officer", "finance.officer", RepairJourney.SubjectOf(entry) })
        {
            var seen = await SeenAsync(user, entry.Id);
            seen.GetProperty("policyPack").GetString().ShouldBe(Expected.Pack);
            (seen.GetProperty("punishTerm").GetInt32(), seen.GetProperty("repairable").GetBoolean(), seen.GetProperty("repairTerm").GetInt32()).ShouldBe((36, true, 24));
            seen.GetProperty("repairModes").EnumerateArray().Select(mode => mode.GetString()).ShouldBe(["公开信用承诺", "提交信用报告"]);
            (seen.GetProperty("repairFrom").GetString(), seen.GetProperty("repairUntil").GetString(), seen.GetProperty("exitFrom").GetString())
                .ShouldBe((repairFrom, "2028-11-20", repairFrom));
        }

        using var official = await host.AsAsync("finance.officer");
        var row = (await Entries.ListAsync(official, $"/odata/official/ListEntries?$filter=Id eq {entry.Id} and RepairFrom ge 2026-11-24 and Repairable eq true")).ShouldHaveSingleItem();
        (row.GetProperty("PolicyPack").GetString(), row.GetProperty("PunishTerm").GetInt32(), row.GetProperty("RepairTerm").GetInt32(), row.GetProperty("RepairModes").GetString())
            .ShouldBe((Expected.Pack, 36, 24, "公开信用承诺;提交信用报告"));
        (row.GetProperty("RepairFrom").GetString(), row.GetProperty("RepairUntil").GetString()).ShouldBe((repairFrom, "2028-11-20"));
        Flags(row).ShouldBe((true, true, true));
    }

    [Fact]
    [Trait("Invariant", "I14")]
    [Trait("Requirement", "R-3.2.1.a")]
    public async Task A_list_on_a_provincial_standard_needs_a_framework_that_admits_it()
    {
        var local = Proposals.Black(Proposals.Code("K10")).With(("standardLevel", "Provincial"), ("standardApproval", "鲁政字〔2026〕测试1号"));

        var answer = await Entries.TryProposeAsync("tax.officer", local);

        answer.Status.ShouldBe(Expected.LocalListRefused is null ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, answer.Body);
        answer.Body.ShouldContain(Expected.LocalListRefused ?? "\"state\"");
    }

    [Fact]
    [Trait("Invariant", "I20")]
    public async Task The_longest_term_is_a_value_of_the_pack_and_a_correction_keeps_it_too()
    {
        var last = new DateOnly(2026, 11, 24).AddMonths(Expected.LongestMonths);
        var over = await Entries.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("K20"), validTo: $"{last.AddDays(1):yyyy-MM-dd}"));
        (over.Status, over.Body.Contains("term-too-long")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));

        var entry = await ListedAsync(Proposals.Black(Proposals.Code("K20"), validTo: $"{last:yyyy-MM-dd}"));
        entry.ValidTo.ShouldBe($"{last:yyyy-MM-dd}");
        var objection = await _journey.Register.AcceptedObjectionAsync("association", entry.Id);
        var corrected = await _journey.Register.OnObjectionAsync(
            "tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "更正有效期。", correctedValidTo = $"{last.AddDays(1):yyyy-MM-dd}" });
        (corrected.Status, corrected.Body.Contains("term-too-long")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), corrected.Body);
    }

    [Fact]
    [Trait("Invariant", "I60")]
    [Trait("Requirement", "R-3.5.4.a")]
    public async Task A_term_that_ends_before_a_repair_could_be_applied_for_is_refused_at_the_proposal()
    {
        var first = new DateOnly(2026, 11, 24).AddMonths(Expected.RepairAfterMonths);
        var tooShort = await Entries.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("K21"), validTo: $"{first.AddDays(-1):yyyy-MM-dd}").With(("decidedOn", "2026-11-24")));
        if (Expected.RepairAfterMonths > 0)
        {
            (tooShort.Status, tooShort.Body.Contains("term-too-short")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), tooShort.Body);
        }

        var shortest = await Entries.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("K22"), validTo: $"{first.AddDays(1):yyyy-MM-dd}").With(("decidedOn", "2026-11-24")));
        shortest.Status.ShouldBe(HttpStatusCode.Created, shortest.Body);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.g")]
    public async Task The_end_of_the_term_is_the_end_of_the_publication_and_a_watch_entry_follows_where_the_pack_wants_one()
    {
        var draft = await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("K30"), validTo: "2026-11-24", domain: "生态环境").With(("decidedOn", "2025-11-24")));
        var without = await Entries.MoveAsync("tax.approver", draft, "recognition", new { });
        without.Status.ShouldBe(Expected.WatchFollows ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, without.Body);
        var recognised = Expected.WatchFollows ? await Entries.MoveAsync("tax.approver", draft, "recognition", new { watchMonthsAfterExit = 12 }) : without;
        var entry = (await Entries.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } })).Entry;
        (await PublicAsync(entry.Id)).ShouldHaveSingleItem();

        host.Clock.Advance(TimeSpan.FromDays(1));
        host.ForgetTokens();
        try
        {
            (await PublicAsync(entry.Id)).ShouldBeEmpty("no job ran yet");
            await host.SweepAsync();
            var left = await Entries.ReadAsync("tax.officer", entry.Id);
            (left.State, left.ExitReason, left.ExitedOn).ShouldBe(("Exited", "Expired", "2026-11-25"));
            (await FollowersAsync(entry.Id)).ShouldBe(Expected.WatchFollows ? 1 : 0);
            using var other = await host.AsAsync("finance.officer");
            var row = (await Entries.ListAsync(other, $"/odata/official/ListEntries?$filter=Id eq {entry.Id}")).ShouldHaveSingleItem();
            Flags(row).ShouldBe((false, true, false), "an entry that ran its course stays known to the departments");
        }
        finally
        {
            host.Clock.AdjustTime(HostFixture.Start);
            host.ForgetTokens();
        }
    }

    [Fact]
    [Trait("Invariant", "I60")]
    [Trait("Invariant", "I62")]
    [Trait("Requirement", "R-3.5.4.c")]
    public async Task A_repair_waits_for_the_shortest_term_and_ends_what_the_pack_says_it_ends()
    {
        var document = new DateOnly(2026, 11, 24).AddMonths(-Expected.RepairAfterMonths);
        if (Expected.RepairAfterMonths > 0)
        {
            var early = await ListedAsync(Proposals.Black(Proposals.Code("K40"), validTo: "2027-06-30").With(("decidedOn", $"{document.AddDays(1):yyyy-MM-dd}")));
            var refused = await _journey.TryApplyAsync(RepairJourney.SubjectOf(early), early.Id, RepairJourney.Commitment);
            (refused.Status, refused.Body.Contains("repair-too-early"), refused.Body.Contains("2026-11-25")).ShouldBe((HttpStatusCode.Conflict, true, true), refused.Body);
        }

        var entry = await ListedAsync(Proposals.Black(Proposals.Code("K41"), validTo: "2027-06-30").With(("decidedOn", $"{document:yyyy-MM-dd}")));
        var repair = await _journey.ApprovedAsync(entry);
        if (!Expected.RepairEndsAll)
        {
            (await Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Active", "an approved repair ends nothing by itself");
            (await PublicAsync(entry.Id)).ShouldHaveSingleItem();
            await _journey.DoneAsync(RepairJourney.SubjectOf(entry), repair, "early-exit", RepairJourney.Performed);
            await _journey.DoneAsync("tax.reviewer", repair, "early-exit-decision", new { grant = true, dutiesFulfilled = true, finding = "义务已履行完毕。" });
        }

        var left = await Entries.ReadAsync("tax.officer", entry.Id);
        (left.State, left.ExitReason, left.ExitedOn).ShouldBe(("Exited", "Repaired", "2026-11-24"));
        (await PublicAsync(entry.Id)).ShouldBeEmpty();
        (await FollowersAsync(entry.Id)).ShouldBe(Expected.WatchFollows ? 1 : 0);
        (await _journey.Register.TasksAsync(entry.Id)).ShouldAllBe(task => task.Execution == TaskExecution.Ended);

        // Publication and use are over everywhere; whether other departments still see the record is the pack's word.
        var query = $"/odata/official/ListEntries?$filter=Id eq {entry.Id}";
        using var recogniser = await host.AsAsync("tax.officer");
        Flags((await Entries.ListAsync(recogniser, query)).ShouldHaveSingleItem()).ShouldBe((false, !Expected.RepairEndsAll, false));
        using var other = await host.AsAsync("finance.officer");
        (await Entries.ListAsync(other, query)).Count.ShouldBe(Expected.RepairEndsAll ? 0 : 1);
        using var page = await other.GetAsync($"/api/entries/{entry.Id}");
        page.StatusCode.ShouldBe(Expected.RepairEndsAll ? HttpStatusCode.NotFound : HttpStatusCode.OK);

        // Nobody shows it again, the owner of the database included.
        (await host.TryAsync($"UPDATE core.list_entry SET publication_ended_on = NULL WHERE id = '{entry.Id}'")).State.ShouldBe("23514");
    }

    [Fact]
    [Trait("Invariant", "I65")]
    [Trait("Requirement", "R-3.1.4.g")]
    public async Task Watch_entries_are_shown_and_acted_upon_where_the_pack_lets_them_be()
    {
        var watch = await Entries.InForceAsync("market-supervision", Proposals.Watch(Proposals.Code("K50"), domain: "市场监管"));
        await host.SettleAsync();
        ((await _journey.Register.TasksAsync(watch.Id)).Count > 0).ShouldBe(Expected.WatchShown, "the memorandum of market supervision has measures for the watch list");

        var chosen = await Entries.PutAsync("market-supervision.approver", $"/api/entries/{watch.Id}/publication-choice", watch.Version, new { shown = true, reason = "公共安全" });

        chosen.Status.ShouldBe(Expected.WatchShown ? HttpStatusCode.OK : HttpStatusCode.Conflict, chosen.Body);
        (await PublicAsync(watch.Id)).Count.ShouldBe(Expected.WatchShown ? 1 : 0);
    }

    [Fact]
    [Trait("Invariant", "I20")]
    public async Task Conduct_of_the_lightest_grade_is_kept_and_shown_where_the_pack_shows_it()
    {
        var entry = await ListedAsync(Proposals.Black(Proposals.Code("K60"), validTo: "2027-02-24").With(("severity", "Minor")));

        (await PublicAsync(entry.Id)).Count.ShouldBe(Expected.MinorShown ? 1 : 0);
        using var other = await host.AsAsync("finance.officer");
        Flags((await Entries.ListAsync(other, $"/odata/official/ListEntries?$filter=Id eq {entry.Id}")).ShouldHaveSingleItem()).ShouldBe((Expected.MinorShown, true, true));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.h")]
    public async Task A_warning_is_kept_and_shown_as_long_as_the_pack_shows_it()
    {
        var reports = new Publicity.Reports(host);
        var number = $"任税简罚〔2026〕{Expected.Pack.Length}号";

        var batch = await reports.SendAsync(Publicity.Reports.Officer, [], SampleSheet.Penalty(1, ("CF_WSH", number), ("CF_CFLB", "警告"), ("CF_NR_FK", ""), ("CF_NR", "警告"), ("CF_GSJZQ", ""), ("CF_JDRQ", "2026/11/20")));

        Publicity.Reports.Total(batch, "accepted").ShouldBe(1, batch.ToString());
        using var anyone = host.Anonymous();
        var shown = await Entries.ListAsync(anyone, $"/odata/public/Penalties?$filter=DocumentNumber eq '{number}'");
        shown.Select(row => row.GetProperty("PublicUntil").GetString()).ShouldBe(Expected.WarningShownUntil is { } until ? [until] : []);
        (await _journey.Register.ReadAsync(db => db.Penalties.CountAsync(penalty => penalty.DocumentNumber == number))).ShouldBe(1);
    }

    private static (bool Published, bool Shared, bool Usable) Flags(JsonElement row) =>
        (row.GetProperty("Published").GetBoolean(), row.GetProperty("Shared").GetBoolean(), row.GetProperty("Usable").GetBoolean());

    private async Task<EntryAnswer> ListedAsync(object proposal) => await Entries.InForceAsync("tax", proposal);

    private async Task<JsonElement> SeenAsync(string user, Guid id)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>($"/api/entries/{id}");
    }

    private async Task<IReadOnlyList<JsonElement>> PublicAsync(Guid id)
    {
        using var anyone = host.Anonymous();
        return await Entries.ListAsync(anyone, $"/odata/public/ListEntries?$filter=Id eq {id}");
    }

    private Task<int> FollowersAsync(Guid id) =>
        _journey.Register.ReadAsync(db => db.Entries.CountAsync(entry => entry.PredecessorId == id && entry.List == ListKind.Watch));
}

/// <summary>Under the district's policy of 2019.</summary>
public sealed class RenchengScenarios(RenchengHost host) : PackScenarios(host), IClassFixture<RenchengHost>;

/// <summary>Under the national order.</summary>
public sealed class NationalScenarios(NationalHost host) : PackScenarios(host), IClassFixture<NationalHost>;
