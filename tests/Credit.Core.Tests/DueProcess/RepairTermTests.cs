using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Domain.Policy;
using Credit.Testing;

namespace Credit.Core.Tests.DueProcess;

/// <summary>What the recogniser owes on a repair, and by when.</summary>
public sealed class RepairTermTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Training = new { mode = "Training", evidence = "培训证书（鲁信培〔2026〕118号）", doneOn = "2026-11-21" };

    private readonly RepairJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.4.b")]
    [Trait("Invariant", "I32")]
    public async Task An_application_sent_back_is_completed_and_runs_its_terms()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P40")));
        var repair = await _journey.ApplyAsync(entry);
        await _journey.DoneAsync("tax.officer", repair, "return", new { finding = "请补充培训证书。" });
        (await _journey.SeenAsync(RepairJourney.SubjectOf(entry), repair)).GetProperty("finding").GetString().ShouldBe("请补充培训证书。");
        (await _journey.OnRepairAsync("tax.officer", repair, "completion", new { steps = new[] { Training } })).Status.ShouldBe(HttpStatusCode.NotFound, "the subject completes");

        await _journey.DoneAsync(RepairJourney.SubjectOf(entry), repair, "completion", new { steps = new[] { Training } });

        var again = await _journey.SeenAsync("tax.officer", repair);
        (again.GetProperty("state").GetString(), again.GetProperty("due").GetString(), again.GetProperty("steps").GetArrayLength()).ShouldBe(("Submitted", "2026-11-27", 2));
        await _journey.DoneAsync("tax.officer", repair, "acceptance");
        (await _journey.SeenAsync("tax.officer", repair)).GetProperty("due").GetString().ShouldBe("2026-12-08", "ten working days of the policy pack");

        // The first of December becomes a day off beside those of the year: the open term moves with it.
        var shipped = WorkingCalendar.BuiltIn.Notices.Single(notice => notice.Year == 2026);
        var notice = new { offDays = shipped.OffDays.Append(new DateOnly(2026, 12, 1)), makeUpDays = shipped.MakeUpDays, source = "国务院办公厅关于2026年部分节假日安排的通知（测试）" };
        (await _journey.Register.Entries.PutAsync("development-reform.approver", "/api/calendar/2026", 1, notice)).Status.ShouldBe(HttpStatusCode.OK);
        (await _journey.SeenAsync("tax.officer", repair)).GetProperty("due").GetString().ShouldBe("2026-12-09");

        host.Clock.Advance(TimeSpan.FromDays(16));
        host.ForgetTokens();
        await host.SweepAsync();
        (await _journey.InboxAsync("development-reform.officer")).Select(item => item.GetProperty("text").GetString()).ShouldContain(text => text!.Contains("DecideRepair") && text.Contains(repair.ToString()));
    }

    [Fact]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I61")]
    public async Task No_repair_is_approved_or_granted_past_its_table_by_the_owner_of_the_database_either()
    {
        var entry = await _journey.Register.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("P50")));
        var repair = await _journey.ApplyAsync(entry);

        foreach (var state in new[] { "Approved", "ExitRequested", "ExitGranted" })
        {
            (await host.TryAsync($"UPDATE core.repair SET state = '{state}' WHERE id = '{repair}'")).State.ShouldBe("23514", state);
        }
    }
}
