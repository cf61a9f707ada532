using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Rules;

/// <summary>What another pack would make of the register, and what it makes of it once it is in force.</summary>
public sealed class SimulationTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly RepairJourney _journey = new(host);

    private EntryJourney Entries => _journey.Register.Entries;

    [Fact]
    [Trait("Invariant", "I93")]
    [Trait("Requirement", "R-3.6.1")]
    public async Task A_simulation_names_each_entry_that_would_change_with_rule_and_clause_and_changes_nothing()
    {
        var plain = await Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("N00")));
        var local = await Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("N01"), validTo: "2030-11-23").With(("standardLevel", "Provincial"), ("standardApproval", "鲁政字〔2026〕测试1号")));
        var red = await Entries.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("N02")));
        var before = await HeadAsync();

        var simulated = await SimulateAsync("?pack=national-2026");

        (await HeadAsync()).ShouldBe(before, "nothing is written");
        (simulated.GetProperty("pack").GetString(), simulated.GetProperty("asOf").GetString()).ShouldBe(("national-2026", "2026-11-24"));
        (simulated.GetProperty("entries").GetInt32(), simulated.GetProperty("changed").GetInt32()).ShouldBe((3, 2));
        Differences(simulated, plain.Id).Keys.ShouldBe(["watch-after-exit", "repair-from", "repair-ends-listing"]);
        Differences(simulated, plain.Id)["repair-from"].ShouldBe(("severityTerms", "2026-11-24", "2027-11-24"));
        Differences(simulated, local.Id)["refused"].ShouldBe(("punishStandardLevels", "", "local-list-without-law,term-too-long"));
        Differences(simulated, local.Id)["valid-to"].ShouldBe(("severityTerms", "2030-11-23", "2029-11-24"));
        Differences(simulated, red.Id).ShouldBeEmpty();
        var counts = simulated.GetProperty("counts");
        (counts.GetProperty("refused").GetInt32(), counts.GetProperty("valid-to").GetInt32(), counts.GetProperty("watch-after-exit").GetInt32(), counts.GetProperty("publication").GetInt32()).ShouldBe((1, 1, 2, 0));

        // Page by page, the same entries once each.
        var first = await SimulateAsync("?pack=national-2026&take=1");
        var second = await SimulateAsync($"?pack=national-2026&take=1&after={first.GetProperty("next").GetString()}");
        new[] { first, second }.SelectMany(page => page.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("entryId").GetGuid()).ShouldBe([plain.Id, local.Id]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);

        // Another day under the district's own pack: what time alone does.
        (await SimulateAsync("")).GetProperty("changed").GetInt32().ShouldBe(0);
        var later = await SimulateAsync("?asOf=2029-11-24");
        Differences(later, plain.Id).Keys.ShouldBe(["in-force", "publication"]);
        Differences(later, local.Id).ShouldBeEmpty();

        // A draft: the province's five years become three.
        var draft = await PostAsync(new { pack = "rencheng-2019", changes = new { longestPunishMonths = 36 } });
        draft.Status.ShouldBe(HttpStatusCode.OK, draft.Body);
        var tried = JsonSerializer.Deserialize<JsonElement>(draft.Body);
        tried.GetProperty("pack").GetString().ShouldBe("rencheng-2019+draft");
        tried.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("entryId").GetGuid().ShouldBe(local.Id);
        Differences(tried, local.Id)["valid-to"].ShouldBe(("longestPunishMonths", "2030-11-23", "2029-11-24"));
        (await PostAsync(new { pack = "rencheng-2019", changes = new { noSuchRule = 1 } })).Body.ShouldContain("draft-pack-unreadable");
        (await PostAsync(new { pack = "rencheng-2019", changes = new { longestPunishMonths = int.MaxValue } })).Body.ShouldContain("draft-pack-out-of-range");
        (await PostAsync(new { pack = "rencheng-2099", changes = new { } })).Body.ShouldContain("pack-unknown");
    }

    [Fact]
    public async Task A_simulation_is_for_the_lead_office_and_refuses_what_there_is_not()
    {
        using var lead = await host.AsAsync("development-reform.officer");
        using var tax = await host.AsAsync("tax.approver");

        (await tax.GetAsync("/api/policy/simulations")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await lead.GetAsync("/api/policy/simulations?pack=rencheng-2099")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await lead.GetAsync("/api/policy/simulations?take=501")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.1")]
    [Trait("Invariant", "I93")]
    public async Task Anyone_reads_the_packs_with_their_days_and_the_source_of_every_value()
    {
        using var anyone = host.Anonymous();

        var packs = (await anyone.GetFromJsonAsync<JsonElement>("/api/policy/packs")).EnumerateArray().ToArray();
        packs.Select(pack => (pack.GetProperty("name").GetString(), pack.GetProperty("effectiveFrom").GetString(), pack.GetProperty("current").GetBoolean()))
            .ShouldBe([("national-2026", "2026-04-01", false), ("rencheng-2019", "2019-08-05", true)]);
        var national = await anyone.GetFromJsonAsync<JsonElement>("/api/policy/packs/national-2026");
        var values = national.GetProperty("values").EnumerateArray().ToDictionary(value => value.GetProperty("name").GetString()!);
        values["severityTerms"].GetProperty("source").GetString().ShouldBe("国办发〔2025〕22号、信用修复管理办法（发改委令36号）");
        values["severityTerms"].GetProperty("value").GetArrayLength().ShouldBe(3);
        values["reviewTicketsPerDay"].GetProperty("source").GetString().ShouldBe("default");
        values["catalogue"].GetProperty("value").EnumerateArray().ShouldAllBe(item => item.GetProperty("upstreamItem").GetString()!.StartsWith("全国公共信用信息基础目录"));
        (await anyone.GetAsync("/api/policy/packs/rencheng-2099")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Dictionary<string, (string Rule, string Was, string Under)> Differences(JsonElement simulated, Guid entry) =>
        simulated.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("entryId").GetGuid() == entry)
            .SelectMany(item => item.GetProperty("differences").EnumerateArray())
            .ToDictionary(
                each => each.GetProperty("kind").GetString()!,
                each =>
                {
                    each.GetProperty("clause").GetString().ShouldNotBeNullOrEmpty();
                    return (each.GetProperty("rule").GetString()!, each.GetProperty("was").GetString()!, each.GetProperty("under").GetString()!);
                });

    private async Task<JsonElement> SimulateAsync(string query)
    {
        using var lead = await host.AsAsync("development-reform.officer");
        using var answer = await lead.GetAsync($"/api/policy/simulations{query}");
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private Task<MoveAnswer> PostAsync(object body) => Entries.PostAsync("development-reform.officer", "/api/policy/simulations", 1, body);

    private Task<long> HeadAsync() => _journey.Register.ReadAsync(db => db.RegisterEntries.LongCountAsync());
}

/// <summary>Decisions made before the district came under the national order.</summary>
public sealed class FormerDecisionTests(NationalHost host) : IClassFixture<NationalHost>
{
    private readonly RepairJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I93")]
    [Trait("Requirement", "R-3.5.5.g")]
    public async Task An_entry_of_the_former_pack_is_repaired_under_the_one_of_the_application_and_else_ends_under_its_own()
    {
        var repaired = await FormerAsync("M00");
        var expired = await FormerAsync("M01");

        // The serious grade waits a year from the document: of 2025-11-24, so today.
        var repair = await _journey.ApprovedAsync(repaired);
        (await _journey.Register.ReadAsync(db => db.Repairs.Where(each => each.Id == repair).Select(each => each.PolicyPack).SingleAsync())).ShouldBe("national-2026");
        (await _journey.Register.Entries.ReadAsync("tax.officer", repaired.Id)).ExitReason.ShouldBe("Repaired");
        (await FollowersAsync(repaired.Id)).ShouldBe(0);

        host.Clock.Advance(TimeSpan.FromDays(20));
        host.ForgetTokens();
        await host.SweepAsync();
        (await _journey.Register.Entries.ReadAsync("tax.officer", expired.Id)).ExitReason.ShouldBe("Expired");
        (await FollowersAsync(expired.Id)).ShouldBe(1, "the pack it was decided under wants a watch entry");
    }

    // As if the host had decided it before it was configured anew.
    private async Task<EntryAnswer> FormerAsync(string mark)
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark), validTo: "2026-12-10").With(("decidedOn", "2025-11-24")));
        (await host.TryAsync($"UPDATE core.list_entry SET policy_pack = 'rencheng-2019', severity = NULL WHERE id = '{entry.Id}'")).State.ShouldBeNull();
        return entry;
    }

    private Task<int> FollowersAsync(Guid id) => _journey.Register.ReadAsync(db => db.Entries.CountAsync(entry => entry.PredecessorId == id));
}
