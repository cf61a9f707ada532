using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.DueProcess;

/// <summary>Who may apply for credit repair, with what, and by when it is answered.</summary>
public sealed class RepairApplicationTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Training = new { mode = "Training", evidence = "培训证书（鲁信培〔2026〕118号）", doneOn = "2026-11-21" };

    private readonly RepairJourney _journey = new(host);

    [Theory]
    [InlineData("Black", "P00")]
    [InlineData("Watch", "P01")]
    [Trait("Requirement", "R-3.5.4.b")]
    public async Task An_application_for_a_black_or_watch_entry_lists_the_ways_taken_with_their_evidence_and_reaches_the_recogniser(string list, string mark)
    {
        var proposal = list == "Black" ? Proposals.Black(Proposals.Code(mark)) : Proposals.Watch(Proposals.Code(mark));
        var entry = await _journey.Register.Entries.InForceAsync("tax", proposal);

        var applied = await _journey.TryApplyAsync(RepairJourney.SubjectOf(entry), entry.Id, RepairJourney.Commitment, Training);

        applied.Status.ShouldBe(HttpStatusCode.Created, applied.Body);
        var repair = JsonSerializer.Deserialize<JsonElement>(applied.Body).GetProperty("id").GetGuid();
        var seen = await _journey.SeenAsync("tax.officer", repair);
        seen.GetProperty("steps").EnumerateArray().Select(step => (step.GetProperty("mode").GetString(), step.GetProperty("doneOn").GetString()))
            .ShouldBe([("PublicCommitment", "2026-11-20"), ("Training", "2026-11-21")]);
        seen.GetProperty("due").GetString().ShouldBe("2026-11-27", "three working days of the policy pack");
        (await _journey.InboxAsync("tax.officer")).ShouldContain(item => item.GetProperty("kind").GetString() == "Repair" && item.GetProperty("aggregateId").GetGuid() == repair);
        using var stranger = await host.AsAsync("finance.officer");
        (await stranger.GetAsync($"/api/repairs/{repair}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var lead = await host.AsAsync("development-reform.officer");
        using var recogniser = await host.AsAsync("tax.officer");
        var query = $"/odata/official/Repairs?$filter=Id eq {repair}";
        (await _journey.Register.Entries.ListAsync(recogniser, query)).ShouldHaveSingleItem().GetProperty("State").GetString().ShouldBe("Submitted");
        (await _journey.Register.Entries.ListAsync(lead, query)).ShouldHaveSingleItem();
        (await _journey.Register.Entries.ListAsync(stranger, query)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.4.b")]
    [Trait("Invariant", "I61")]
    public async Task An_entry_that_is_not_repairable_is_a_conflict()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P10")).With(("repairable", false), ("repairModes", null)));

        var refused = await _journey.TryApplyAsync(RepairJourney.SubjectOf(entry), entry.Id, RepairJourney.Commitment);

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("not-repairable");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.4.b")]
    public async Task An_application_without_evidence_without_the_ways_asked_for_or_with_personal_numbers_is_refused()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P20")).With(("repairModes", "公开信用承诺;提交信用报告")));
        var report = new { mode = "CreditReport", evidence = "信用报告（XYBG2026-0117）", doneOn = "2026-11-23" };
        (object[] Steps, string Code)[] wrong =
        [
            ([], "repair-evidence-missing"),
            ([RepairJourney.Commitment, new { mode = "CreditReport", evidence = " ", doneOn = "2026-11-23" }], "repair-evidence-missing"),
            ([RepairJourney.Commitment], "repair-mode-missing"),
            ([RepairJourney.Commitment, new { mode = "CreditReport", evidence = "信用报告", doneOn = "2026-11-25" }], "repair-in-future"),
            ([RepairJourney.Commitment, new { mode = "CreditReport", evidence = "联系人 13805370001", doneOn = "2026-11-23" }], "evidence-names-person"),
        ];
        foreach (var (steps, code) in wrong)
        {
            var refused = await _journey.TryApplyAsync(RepairJourney.SubjectOf(entry), entry.Id, steps);
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, code);
            refused.Body.ShouldContain($"\"{code}\"");
        }

        (await _journey.TryApplyAsync(RepairJourney.SubjectOf(entry), entry.Id, RepairJourney.Commitment, report)).Status.ShouldBe(HttpStatusCode.Created);
        var second = await _journey.TryApplyAsync(RepairJourney.SubjectOf(entry), entry.Id, RepairJourney.Commitment, report);
        (second.Status, second.Body.Contains("repair-open")).ShouldBe((HttpStatusCode.Conflict, true));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.b")]
    [Trait("Invariant", "I60")]
    public async Task Only_the_subject_of_the_entry_applies()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P30")));
        var other = await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("P31")));

        foreach (var user in new[] { "tax.officer", "development-reform.officer", "association", "subject", RepairJourney.SubjectOf(other) })
        {
            (await _journey.TryApplyAsync(user, entry.Id, RepairJourney.Commitment)).Status.ShouldBe(HttpStatusCode.NotFound, user);
        }

        var red = await _journey.TryApplyAsync(RepairJourney.SubjectOf(other), other.Id, RepairJourney.Commitment);
        (red.Status, red.Body.Contains("nothing-to-repair")).ShouldBe((HttpStatusCode.Conflict, true));
    }
}
