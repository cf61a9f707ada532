using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Oversight.Gaps;
using Credit.Core.Tests.Listing;
using Credit.Domain.Checks;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Oversight;

/// <summary>The radar finds what a plain recount of the register finds, once, and lets go of it only with a reason.</summary>
public sealed class GapRadarTests(GapHost host) : IClassFixture<GapHost>
{
    private readonly GapJourney _gaps = new(host);

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Requirement", "R-3.5.2.b")]
    public async Task The_radar_finds_every_unchecked_decision_and_every_reward_not_given_and_nothing_else_and_twice_is_once()
    {
        await host.MakeAsync();
        await CheckSomeAsync();
        var proved = (await _gaps.GapsAsync(gap => gap.ProvedBy != null)).Select(gap => (gap.AboutId, gap.EntryId)).ToHashSet();
        var expected = ((await RegisterInMemory.ReadAsync(_gaps)).Recount()).Where(gap => !proved.Contains((gap.AboutId, gap.EntryId))).ToList();
        expected.Count(gap => gap.Kind == GapKind.Licence).ShouldBeGreaterThan(5);
        expected.Count(gap => gap.Kind == GapKind.Award).ShouldBeGreaterThan(1);
        expected.Count(gap => gap.Kind == GapKind.Payment).ShouldBeGreaterThan(1);
        expected.Count(gap => gap.Kind == GapKind.Reward).ShouldBeGreaterThan(1);

        var run = await _gaps.RunAsync();

        var earliest = _gaps.Today.AddMonths(-24);
        (await _gaps.GapsAsync(gap => gap.State != GapState.Closed && gap.State != GapState.Proved && gap.On >= earliest)).Select(gap => (gap.Kind, gap.Department, gap.AboutId, gap.EntryId))
            .ShouldBe(expected.Select(gap => (gap.Kind, gap.Department, gap.AboutId, gap.EntryId)), ignoreOrder: true);
        run.GetProperty("standing").GetInt32().ShouldBe(expected.Count);

        var again = await _gaps.RunAsync();
        (again.GetProperty("found").GetInt32(), again.GetProperty("closed").GetInt32(), again.GetProperty("reopened").GetInt32(), again.GetProperty("standing").GetInt32())
            .ShouldBe((0, 0, 0, expected.Count));
        await TableEqualsAsync(expected);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task What_is_no_gap_any_more_is_closed_with_its_reason_and_comes_back_with_its_cause()
    {
        await _gaps.RunAsync();
        var open = (await _gaps.GapsAsync(gap => gap.State == GapState.Open)).OrderBy(gap => gap.Id).ToArray();
        var corrected = open.First(gap => gap.Kind == GapKind.Licence);
        var wrong = open.First(gap => gap.Kind == GapKind.Licence && gap.EntryId != corrected.EntryId);
        var given = open.First(gap => gap.Kind == GapKind.Reward);
        await host.ExecuteAsync($"UPDATE core.licence SET current = false WHERE id = '{corrected.AboutId}'");
        await host.ExecuteAsync($"ALTER TABLE core.list_entry DISABLE TRIGGER USER; UPDATE core.list_entry SET state = 'Exited', exited_on = DATE '{_gaps.Today:yyyy-MM-dd}', exit_reason = 'Erroneous' WHERE id = '{wrong.EntryId}'; ALTER TABLE core.list_entry ENABLE TRIGGER USER");
        await host.ExecuteAsync($"UPDATE core.measure_task SET fed_back_on = DATE '{_gaps.Today:yyyy-MM-dd}' WHERE id = '{given.AboutId}'");

        await _gaps.RunAsync();

        foreach (var (gap, closure) in new[] { (corrected, GapClosure.DecisionGone), (wrong, GapClosure.EntryWrong), (given, GapClosure.Given) })
        {
            var closed = await _gaps.GapAsync(gap.Id);
            (closed.State, closed.Closure, closed.ClosedOn).ShouldBe((GapState.Closed, closure, _gaps.Today));
        }

        await host.ExecuteAsync($"UPDATE core.licence SET current = true WHERE id = '{corrected.AboutId}'");
        (await _gaps.RunAsync()).GetProperty("reopened").GetInt32().ShouldBe(1);
        ((await _gaps.GapAsync(corrected.Id)).State, (await _gaps.GapAsync(corrected.Id)).Closure).ShouldBe((GapState.Open, null));
        using var client = await host.AsAsync(GapJourney.Lead);
        var row = (await client.GetFromJsonAsync<JsonElement>($"/odata/official/Gaps?$filter=AboutId eq {wrong.AboutId} and EntryId eq {wrong.EntryId}")).GetProperty("value");
        row.EnumerateArray().Select(gap => (gap.GetProperty("State").GetString(), gap.GetProperty("Closure").GetString())).ShouldBe([("Closed", "EntryWrong")]);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task A_decision_corrected_to_another_day_stays_one_gap_of_the_new_day_and_a_check_up_to_then_proves_it()
    {
        await _gaps.RunAsync();
        var gap = (await _gaps.GapsAsync(each => each.State == GapState.Open && each.Kind == GapKind.Licence)).OrderBy(each => each.On).ThenBy(each => each.Id).First();
        var (earliest, corrected) = (_gaps.Today.AddMonths(-24), Guid.CreateVersion7());

        // Found on a day that is no longer looked at; then the licence comes again with a later one, as a new version of the same record.
        await host.ExecuteAsync($"UPDATE core.credit_gap SET \"on\" = DATE '{earliest.AddDays(-20):yyyy-MM-dd}' WHERE id = '{gap.Id}'");
        await CorrectAsync(gap.AboutKey, gap.AboutId, corrected, gap.On);

        var run = await _gaps.RunAsync();

        (run.GetProperty("found").GetInt32(), run.GetProperty("closed").GetInt32(), run.GetProperty("corrected").GetInt32()).ShouldBe((0, 0, 1));
        var after = await _gaps.GapAsync(gap.Id);
        (after.State, after.On, after.AboutId).ShouldBe((GapState.Open, gap.On, corrected));
        after.English.ShouldContain($"{corrected}");
        after.Chinese.ShouldContain($"{gap.On:yyyy-MM-dd}");
        (await _gaps.ReadAsync(db => db.RegisterEntries.CountAsync(each => each.AggregateId == gap.Id && each.WireName == "gap.corrected.v1"))).ShouldBe(1);

        // Asked after the day it was found with, and not after the day it was decided on.
        await _gaps.AddAsync(GapJourney.Receipt(gap, "CX-CORRECTED", earliest.AddDays(-10) < gap.On ? earliest.AddDays(-10) : gap.On));
        (await _gaps.ExplainAsync(Credit.Testing.HostFixture.OfficerOf(gap.Department), after, new { explanation = "办理时已查询。", queryNumber = "CX-CORRECTED" }, after.Version)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        (await _gaps.GapAsync(gap.Id)).State.ShouldBe(GapState.Proved);
        (await _gaps.RunAsync()).GetProperty("found").GetInt32().ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task A_proved_gap_takes_on_the_day_of_its_corrected_decision_once()
    {
        await _gaps.RunAsync();
        var gap = await LongListedAsync();
        var asked = gap.On.AddDays(-40);
        var number = $"CX-PROVED-{gap.Id:N}"[..20];
        await _gaps.AddAsync(GapJourney.Receipt(gap, number, asked));
        (await _gaps.ExplainAsync(Credit.Testing.HostFixture.OfficerOf(gap.Department), gap, new { explanation = "办理时已查询。", queryNumber = number }, gap.Version)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var once = Guid.CreateVersion7();

        // The check was before this day, too.
        await CorrectAsync(gap.AboutKey, gap.AboutId, once, gap.On.AddDays(-5));
        var run = await _gaps.RunAsync();
        (run.GetProperty("corrected").GetInt32(), run.GetProperty("reopened").GetInt32(), run.GetProperty("found").GetInt32()).ShouldBe((1, 0, 0));
        var after = await _gaps.GapAsync(gap.Id);
        (after.State, after.On, after.AboutId, after.ProvedBy).ShouldBe((GapState.Proved, gap.On.AddDays(-5), once, number));
        (await _gaps.RunAsync()).GetProperty("corrected").GetInt32().ShouldBe(0, "it is corrected once");
    }

    // Of an entry that was in force for two months before the decision already.
    private async Task<CreditGap> LongListedAsync()
    {
        var open = await _gaps.GapsAsync(gap => gap.State == GapState.Open && gap.Kind == GapKind.Licence);
        var entries = open.Select(gap => gap.EntryId).ToArray();
        var since = await _gaps.ReadAsync(db => db.Entries.AsNoTracking().Where(entry => entries.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, entry => (entry.ValidFrom, entry.ReportedOn)));
        return open.Where(gap => since[gap.EntryId] is var (from, reported) && from <= gap.On.AddDays(-60) && reported <= gap.On.AddDays(-60) && gap.On.AddDays(-60) > _gaps.Today.AddMonths(-24))
            .OrderBy(gap => gap.On).ThenBy(gap => gap.Id).First();
    }

    // The licence comes again, as a new version of the same record.
    private Task CorrectAsync(Guid key, Guid replaced, Guid by, DateOnly decided) => host.ExecuteAsync(
        $"""
        INSERT INTO core.licence SELECT (jsonb_populate_record(l, jsonb_build_object('id', '{by}', 'natural_key', gen_random_uuid(), 'row', 900000 + (SELECT count(*) FROM core.licence), 'decided_on', '{decided:yyyy-MM-dd}'))).* FROM core.licence l WHERE id = '{replaced}';
        UPDATE core.licence SET current = false WHERE id = '{replaced}';
        UPDATE core.licence SET natural_key = '{key}' WHERE id = '{by}';
        """);

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task The_clockwork_looks_once_a_day_and_tells_departments_and_the_lead_office()
    {
        await _gaps.ReadAsync(db => db.GapRuns.ExecuteDeleteAsync());
        var radar = host.Services.GetRequiredService<GapRadar>();
        (await radar.RunOnceAsync(CancellationToken.None), await radar.RunOnceAsync(CancellationToken.None)).ShouldBe((true, false));
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await radar.RunOnceAsync(CancellationToken.None), await radar.RunOnceAsync(CancellationToken.None)).ShouldBe((true, false));

        var told = await _gaps.ReadAsync(db => db.Inbox.AsNoTracking().Where(item => item.Kind == InboxKind.GapsFound).Select(item => item.Department).Distinct().ToListAsync());
        told.ShouldContain("development-reform");
        told.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task The_table_is_counted_for_one_caller_at_a_time_and_whoever_comes_too_soon_is_told_when_to_come_again()
    {
        using var client = await host.AsAsync("finance.officer");
        await _gaps.ReadAsync(async db =>
        {
            await using var turn = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/gap-table'))");
            using var busy = await client.GetAsync(new Uri("/api/gaps/departments", UriKind.Relative));
            (busy.StatusCode, busy.Headers.RetryAfter?.Delta).ShouldBe((System.Net.HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)));
            (await busy.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("unavailable");
            return 0;
        });
        using var free = await client.GetAsync(new Uri("/api/gaps/departments", UriKind.Relative));
        free.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    // Checks before some decisions, and some that do not count; matters of trading and funds beside the licences.
    private async Task CheckSomeAsync()
    {
        var register = await RegisterInMemory.ReadAsync(_gaps);
        var turn = 0;
        List<object> added = [];
        foreach (var (licence, _) in register.ListedLicences().DistinctBy(each => each.Licence.Id))
        {
            var (department, asked, kind) = (turn++ % 6) switch
            {
                0 => (licence.Department, licence.DecidedOn, MatterKind.Approval),
                1 => (licence.Department, licence.DecidedOn.AddDays(-30), MatterKind.Approval),
                2 => (licence.Department, licence.DecidedOn.AddDays(-31), MatterKind.Approval),
                3 => (licence.Department, licence.DecidedOn.AddDays(1), MatterKind.Approval),
                4 => (licence.Department, licence.DecidedOn, MatterKind.Trading),
                _ => ("another-department", licence.DecidedOn, MatterKind.Approval),
            };
            added.Add(GapJourney.Receipt(department, licence.SubjectId!.Value, $"CX-{turn}", asked, kind, "申请"));
        }

        foreach (var entry in register.Entries.Where(entry => entry.List != ListKind.Red && entry.ReportedOn is not null && entry.ExitReason != ExitReason.Erroneous).Take(24))
        {
            var day = entry.ReportedOn!.Value > entry.ValidFrom!.Value ? entry.ReportedOn.Value : entry.ValidFrom.Value;
            var kind = turn % 3 == 0 ? MatterKind.Fiscal : turn % 3 == 1 ? MatterKind.Trading : MatterKind.Honour;
            var reference = $"任采〔2026〕{turn++}号";
            if (turn % 4 == 0)
            {
                added.Add(GapJourney.Receipt("finance", entry.SubjectId, $"CX-M{turn}", day, kind, reference, "lookup"));
            }

            added.Add(DecidedMatter.Report(
                new()
                {
                    Department = "finance",
                    Kind = kind,
                    Reference = reference,
                    Procedure = "审核",
                    SubjectId = entry.SubjectId,
                    SubjectLookup = "lookup",
                    DecidedOn = day,
                },
                query: null, "finance.officer", _gaps.Today).Value);
        }

        await _gaps.AddAsync([.. added]);
    }

    private async Task TableEqualsAsync(List<(GapKind Kind, string Department, Guid AboutId, Guid EntryId)> expected)
    {
        using var client = await host.AsAsync(GapJourney.Lead);
        var table = (await client.GetFromJsonAsync<JsonElement>("/api/gaps/departments")).GetProperty("departments").EnumerateArray().ToDictionary(row => row.GetProperty("department").GetString()!);
        var missed = expected.Where(gap => gap.Kind != GapKind.Reward).DistinctBy(gap => gap.AboutId).CountBy(gap => gap.Department).ToDictionary();
        table.Where(row => row.Value.GetProperty("missed").GetInt32() > 0).ToDictionary(row => row.Key, row => row.Value.GetProperty("missed").GetInt32()).ShouldBe(missed, ignoreOrder: true);
        var rewards = expected.Where(gap => gap.Kind == GapKind.Reward).CountBy(gap => gap.Department).ToDictionary();
        foreach (var row in table.Values)
        {
            (row.GetProperty("owed").GetInt32() - row.GetProperty("checked").GetInt32()).ShouldBe(row.GetProperty("missed").GetInt32());
            (row.GetProperty("rewardsDue").GetInt32() - row.GetProperty("rewardsGiven").GetInt32()).ShouldBe(rewards.GetValueOrDefault(row.GetProperty("department").GetString()!));
        }

        table.Values.Sum(row => row.GetProperty("checked").GetInt32()).ShouldBeGreaterThan(0);
        using var own = await host.AsAsync("finance.officer");
        (await own.GetFromJsonAsync<JsonElement>("/api/gaps/departments")).GetProperty("departments").EnumerateArray().Select(row => row.GetProperty("department").GetString()).ShouldBe(["finance"]);
    }
}
