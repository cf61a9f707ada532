using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Oversight;
using Credit.Core.Oversight.Gaps;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Oversight;

/// <summary>A demo district whose listed subjects were licensed before, while and after they were listed, and whose rewards are overdue.</summary>
public sealed class GapHost : HostFixture
{
    private readonly Lazy<Task> _made;

    public GapHost() => _made = new(MakeOnceAsync);

    protected override IReadOnlyList<string> Settings => ["--Demo:Load", "true", "--Demo:Subjects", "300"];

    /// <summary>Adds the licences, once.</summary>
    public Task MakeAsync() => _made.Value;

    /// <summary>What no use case does at once: the owner of the database bends the register.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task MakeOnceAsync() => ExecuteAsync(
        """
            INSERT INTO core.licence SELECT (jsonb_populate_record(one, jsonb_build_object(
                'id', gen_random_uuid(), 'natural_key', gen_random_uuid(), 'subject_id', entry.subject_id, 'department', depts.key,
                'decided_on', entry.reported_on + days, 'row', 100000 + row_number() OVER ()))).*
            FROM core.licence one, core.list_entry entry,
              generate_series(-50, 400, 45) days, (VALUES ('administrative-approval'), ('transport')) depts (key)
            WHERE one.id = (SELECT id FROM core.licence WHERE current ORDER BY id LIMIT 1) AND entry.reported_on IS NOT NULL AND entry.reported_on + days <= DATE '2026-11-24';
            ALTER TABLE core.measure_task DISABLE TRIGGER USER;
            UPDATE core.measure_task SET due = DATE '2026-11-01' WHERE list = 'Red';
            UPDATE core.measure_task SET fed_back_on = NULL, state = 'Acknowledged', execution = 'Running' WHERE list = 'Red' AND hashtext(id::text) % 2 = 0;
            ALTER TABLE core.measure_task ENABLE TRIGGER USER;
        """);
}

/// <summary>The radar finds what a plain recount of the register finds, once, and lets go of it only with a reason.</summary>
public sealed class GapRadarTests(GapHost host) : IClassFixture<GapHost>
{
    private const string Lead = "development-reform.officer";

    private DateOnly Today => CivilClock.Day(host.Clock.GetUtcNow());

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Requirement", "R-3.5.2.b")]
    public async Task The_radar_finds_every_unchecked_decision_and_every_reward_not_given_and_nothing_else_and_twice_is_once()
    {
        await host.MakeAsync();
        await CheckSomeAsync();
        var proved = (await GapsAsync(gap => gap.ProvedBy != null)).Select(gap => (gap.AboutId, gap.EntryId)).ToHashSet();
        var expected = (await RecountAsync()).Where(gap => !proved.Contains((gap.AboutId, gap.EntryId))).ToList();
        expected.Count(gap => gap.Kind == GapKind.Licence).ShouldBeGreaterThan(5);
        expected.Count(gap => gap.Kind == GapKind.Award).ShouldBeGreaterThan(1);
        expected.Count(gap => gap.Kind == GapKind.Payment).ShouldBeGreaterThan(1);
        expected.Count(gap => gap.Kind == GapKind.Reward).ShouldBeGreaterThan(1);

        var run = await RunAsync();

        var earliest = Today.AddMonths(-24);
        (await GapsAsync(gap => gap.State != GapState.Closed && gap.State != GapState.Proved && gap.On >= earliest)).Select(gap => (gap.Kind, gap.Department, gap.AboutId, gap.EntryId))
            .ShouldBe(expected.Select(gap => (gap.Kind, gap.Department, gap.AboutId, gap.EntryId)), ignoreOrder: true);
        run.GetProperty("standing").GetInt32().ShouldBe(expected.Count);

        var again = await RunAsync();
        (again.GetProperty("found").GetInt32(), again.GetProperty("closed").GetInt32(), again.GetProperty("reopened").GetInt32(), again.GetProperty("standing").GetInt32())
            .ShouldBe((0, 0, 0, expected.Count));
        await TableEqualsAsync(expected);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Explained_gaps_are_answered_one_with_the_number_of_a_check_of_ones_own_is_none_and_other_departments_see_nothing()
    {
        await RunAsync();
        var gap = (await GapsAsync(gap => gap.State == GapState.Open && gap.Kind == GapKind.Licence)).OrderBy(gap => gap.Id).First();
        var own = HostFixture.OfficerOf(gap.Department);
        foreach (var (user, status) in new[] { (own, HttpStatusCode.OK), (Lead, HttpStatusCode.OK), ("auditor", HttpStatusCode.OK), (HostFixture.OfficerOf("nobody"), HttpStatusCode.NotFound) })
        {
            using var reader = await host.AsAsync(user);
            (await reader.GetAsync($"/api/gaps/{gap.Id}")).StatusCode.ShouldBe(status, user);
        }

        using (var other = await host.AsAsync(HostFixture.OfficerOf("nobody")))
        {
            (await other.GetFromJsonAsync<JsonElement>("/odata/official/Gaps")).GetProperty("value").GetArrayLength().ShouldBe(0);
        }

        (await ExplainAsync(own, gap, new { explanation = "已查" }, version: null)).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await ExplainAsync(HostFixture.OfficerOf("nobody"), gap, new { explanation = "已查" }, gap.Version)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ExplainAsync(own, gap, new { explanation = " " }, gap.Version)).Body.GetProperty("code").GetString().ShouldBe("gap-unexplained");
        (await ExplainAsync(own, gap, new { explanation = "当事人 11010519491231002X" }, gap.Version)).Body.GetProperty("code").GetString().ShouldBe("text-names-person");

        var answered = await ExplainAsync(own, gap, new { explanation = "系统切换期间未接入，已补查。" }, gap.Version);
        (answered.Status, answered.Body.GetProperty("state").GetString()).ShouldBe((HttpStatusCode.OK, "Answered"));
        await RunAsync();
        (await GapAsync(gap.Id)).State.ShouldBe(GapState.Answered, "an answer is no check");

        // Too long before the decision, and for another document: the radar does not take it for the check, its department can say that it was.
        var asked = gap.On.AddDays(-60);
        await AddAsync(Receipt(gap, "CX-OTHERS", asked, "another-department"), Receipt(gap, "CX-LATE", gap.On.AddDays(1)), Receipt(gap, "CX-KIND", asked, kind: MatterKind.Fiscal), Receipt(gap, "CX-OWN", asked));
        var version = (await GapAsync(gap.Id)).Version;
        foreach (var number in new[] { "CX-OTHERS", "CX-LATE", "CX-KIND", "CX-NONE" })
        {
            var refused = await ExplainAsync(own, gap, new { explanation = "编号误填", queryNumber = number }, version);
            (refused.Status, refused.Body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "gap-not-proved"), number);
        }

        var proved = await ExplainAsync(own, gap, new { explanation = "编号误填", queryNumber = "CX-OWN" }, version);
        (proved.Status, proved.Body.GetProperty("state").GetString(), proved.Body.GetProperty("closure").GetString()).ShouldBe((HttpStatusCode.OK, "Proved", "CheckFound"));
        var run = await RunAsync();
        (run.GetProperty("found").GetInt32(), run.GetProperty("reopened").GetInt32()).ShouldBe((0, 0), "what was proved stays proved");
        (await GapAsync(gap.Id)).ProvedBy.ShouldBe("CX-OWN");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task What_is_no_gap_any_more_is_closed_with_its_reason_and_comes_back_with_its_cause()
    {
        await RunAsync();
        var open = (await GapsAsync(gap => gap.State == GapState.Open)).OrderBy(gap => gap.Id).ToArray();
        var corrected = open.First(gap => gap.Kind == GapKind.Licence);
        var wrong = open.First(gap => gap.Kind == GapKind.Licence && gap.EntryId != corrected.EntryId);
        var given = open.First(gap => gap.Kind == GapKind.Reward);
        await host.ExecuteAsync($"UPDATE core.licence SET current = false WHERE id = '{corrected.AboutId}'");
        await host.ExecuteAsync($"ALTER TABLE core.list_entry DISABLE TRIGGER USER; UPDATE core.list_entry SET state = 'Exited', exited_on = DATE '{Today:yyyy-MM-dd}', exit_reason = 'Erroneous' WHERE id = '{wrong.EntryId}'; ALTER TABLE core.list_entry ENABLE TRIGGER USER");
        await host.ExecuteAsync($"UPDATE core.measure_task SET fed_back_on = DATE '{Today:yyyy-MM-dd}' WHERE id = '{given.AboutId}'");

        await RunAsync();

        foreach (var (gap, closure) in new[] { (corrected, GapClosure.DecisionGone), (wrong, GapClosure.EntryWrong), (given, GapClosure.Given) })
        {
            var closed = await GapAsync(gap.Id);
            (closed.State, closed.Closure, closed.ClosedOn).ShouldBe((GapState.Closed, closure, Today));
        }

        await host.ExecuteAsync($"UPDATE core.licence SET current = true WHERE id = '{corrected.AboutId}'");
        (await RunAsync()).GetProperty("reopened").GetInt32().ShouldBe(1);
        ((await GapAsync(corrected.Id)).State, (await GapAsync(corrected.Id)).Closure).ShouldBe((GapState.Open, null));
        using var client = await host.AsAsync(Lead);
        var row = (await client.GetFromJsonAsync<JsonElement>($"/odata/official/Gaps?$filter=AboutId eq {wrong.AboutId} and EntryId eq {wrong.EntryId}")).GetProperty("value");
        row.EnumerateArray().Select(gap => (gap.GetProperty("State").GetString(), gap.GetProperty("Closure").GetString())).ShouldBe([("Closed", "EntryWrong")]);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task The_clockwork_looks_once_a_day_and_tells_departments_and_the_lead_office()
    {
        await ReadAsync(db => db.GapRuns.ExecuteDeleteAsync());
        var radar = host.Services.GetRequiredService<GapRadar>();
        (await radar.RunOnceAsync(CancellationToken.None), await radar.RunOnceAsync(CancellationToken.None)).ShouldBe((true, false));
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await radar.RunOnceAsync(CancellationToken.None), await radar.RunOnceAsync(CancellationToken.None)).ShouldBe((true, false));

        var told = await ReadAsync(db => db.Inbox.AsNoTracking().Where(item => item.Kind == InboxKind.GapsFound).Select(item => item.Department).Distinct().ToListAsync());
        told.ShouldContain("development-reform");
        told.Count.ShouldBeGreaterThan(2);
    }

    // Checks before some decisions, and some that do not count; matters of trading and funds beside the licences.
    private async Task CheckSomeAsync()
    {
        var register = await ReadRegisterAsync();
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
            added.Add(Receipt(department, licence.SubjectId!.Value, $"CX-{turn}", asked, kind, "申请"));
        }

        foreach (var entry in register.Entries.Where(entry => entry.List != ListKind.Red && entry.ReportedOn is not null && entry.ExitReason != ExitReason.Erroneous).Take(24))
        {
            var day = entry.ReportedOn!.Value > entry.ValidFrom!.Value ? entry.ReportedOn.Value : entry.ValidFrom.Value;
            var kind = turn % 3 == 0 ? MatterKind.Fiscal : turn % 3 == 1 ? MatterKind.Trading : MatterKind.Honour;
            var reference = $"任采〔2026〕{turn++}号";
            if (turn % 4 == 0)
            {
                added.Add(Receipt("finance", entry.SubjectId, $"CX-M{turn}", day, kind, reference, "lookup"));
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
                query: null, "finance.officer", Today).Value);
        }

        await AddAsync([.. added]);
    }

    // The same question in plain words, over everything in memory.
    private async Task<List<(GapKind Kind, string Department, Guid AboutId, Guid EntryId)>> RecountAsync()
    {
        var register = await ReadRegisterAsync();
        List<(GapKind, string, Guid, Guid)> gaps = [];
        foreach (var (licence, entry) in register.ListedLicences())
        {
            var asked = register.Receipts.Any(receipt => receipt.Department == licence.Department && receipt.Kind == MatterKind.Approval && receipt.SubjectIds.Contains(licence.SubjectId!.Value)
                && Day(receipt) <= licence.DecidedOn && (receipt.Reference == licence.DocumentNumber || Day(receipt) >= licence.DecidedOn.AddDays(-30)));
            if (!asked)
            {
                gaps.Add((GapKind.Licence, licence.Department, licence.Id, entry.Id));
            }
        }

        foreach (var matter in register.Matters.Where(matter => matter.Kind is MatterKind.Trading or MatterKind.Fiscal && matter.DecidedOn >= Today.AddMonths(-24)))
        {
            var asked = register.Receipts.Any(receipt => receipt.Department == matter.Department && receipt.Kind == matter.Kind && receipt.Reference == matter.Reference
                && receipt.Lookups.Contains(matter.SubjectLookup) && Day(receipt) <= matter.DecidedOn);
            foreach (var entry in register.Entries.Where(entry => entry.SubjectId == matter.SubjectId && !asked && register.Listed(entry, matter.DecidedOn)))
            {
                gaps.Add((matter.Kind == MatterKind.Trading ? GapKind.Award : GapKind.Payment, matter.Department, matter.Id, entry.Id));
            }
        }

        foreach (var task in register.Tasks.Where(task => task.List == ListKind.Red && task.Due >= Today.AddMonths(-24) && task.Due < Today))
        {
            if (task is { Execution: TaskExecution.Running, FedBackOn: null, State: not (TaskState.Declined or TaskState.NotApplicable) }
                && !(task.Canonical.Contains("R01") && register.Accepted.Any(each => each.SubjectId == task.SubjectId && each.Department == task.Department && each.On >= task.IssuedOn)))
            {
                gaps.Add((GapKind.Reward, task.Department, task.Id, task.EntryId));
            }
        }

        return gaps;

        static DateOnly Day(CheckReceipt receipt) => CivilClock.Day(receipt.AskedAt);
    }

    private async Task TableEqualsAsync(List<(GapKind Kind, string Department, Guid AboutId, Guid EntryId)> expected)
    {
        using var client = await host.AsAsync(Lead);
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

    private async Task<JsonElement> RunAsync()
    {
        await host.MakeAsync();
        using var client = await host.AsAsync(Lead);
        using var answer = await client.PostAsync(new Uri("/api/gaps/runs", UriKind.Relative), content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> ExplainAsync(string user, CreditGap gap, object body, int? version)
    {
        using var client = await host.AsAsync(user);
        if (version is { } seen)
        {
            client.DefaultRequestHeaders.Add("If-Match", $"\"v{seen}\"");
        }

        using var answer = await client.PostAsJsonAsync($"/api/gaps/{gap.Id}/explanation", body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private CheckReceipt Receipt(CreditGap gap, string number, DateOnly asked, string? department = null, MatterKind kind = MatterKind.Approval) =>
        Receipt(department ?? gap.Department, gap.SubjectId, number, asked, kind, "另案");

    private static CheckReceipt Receipt(string department, Guid subject, string number, DateOnly asked, MatterKind kind, string reference, params string[] lookups) => new()
    {
        Number = number,
        Code = CheckReceipt.NewCode(),
        Department = department,
        Account = "officer",
        Purpose = QueryPurpose.Administration,
        Kind = kind,
        Reference = reference,
        Procedure = "审核",
        AskedAt = CivilClock.StartOf(asked).AddHours(23),
        SubjectIds = [subject],
        Lookups = lookups,
        Verdict = "{}",
        VerdictHash = CheckReceipt.HashOf("{}"),
    };

    private Task<List<CreditGap>> GapsAsync(System.Linq.Expressions.Expression<Func<CreditGap, bool>> which) => ReadAsync(db => db.Gaps.AsNoTracking().Where(which).ToListAsync());

    private Task<CreditGap> GapAsync(Guid id) => ReadAsync(db => db.Gaps.AsNoTracking().SingleAsync(gap => gap.Id == id));

    private async Task<T> ReadAsync<T>(Func<CreditDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }

    private Task AddAsync(params object[] rows) => ReadAsync(db =>
    {
        db.AddRange(rows);
        return db.SaveChangesAsync();
    });

    private Task<Register> ReadRegisterAsync() => ReadAsync(async db => new Register(
        Today,
        await db.Entries.AsNoTracking().ToListAsync(),
        await db.Licences.AsNoTracking().Where(licence => licence.Current && licence.SubjectId != null).ToListAsync(),
        await db.CheckReceipts.AsNoTracking().ToListAsync(),
        await db.DecidedMatters.AsNoTracking().ToListAsync(),
        await db.Tasks.AsNoTracking().ToListAsync(),
        [.. (await db.Acceptances.AsNoTracking().ToListAsync()).Select(each => (each.SubjectId, each.Department, each.AcceptedOn))],
        (await db.RegisterEntries.AsNoTracking().Where(change => change.WireName == "list-entry.verifying.v1" || change.WireName == "list-entry.confirmed.v1").OrderBy(change => change.Id).ToListAsync())
            .ToLookup(change => change.AggregateId, change => (Begins: change.WireName == "list-entry.verifying.v1", On: CivilClock.Day(change.RecordedAt)))));

    /// <summary>The register in memory.</summary>
    private sealed record Register(
        DateOnly Today, List<ListEntry> Entries, List<Licence> Licences, List<CheckReceipt> Receipts, List<DecidedMatter> Matters, List<MeasureTask> Tasks,
        List<(Guid SubjectId, string Department, DateOnly On)> Accepted, ILookup<Guid, (bool Begins, DateOnly On)> Verifications)
    {
        public IEnumerable<(Licence Licence, ListEntry Entry)> ListedLicences() =>
            from licence in Licences
            where licence.DecidedOn >= Today.AddMonths(-24) && licence.DecidedOn <= Today
            from entry in Entries
            where entry.SubjectId == licence.SubjectId && Listed(entry, licence.DecidedOn)
            select (licence, entry);

        public bool Listed(ListEntry entry, DateOnly day) =>
            entry.List is ListKind.Black or ListKind.Watch && entry.State is EntryState.Active or EntryState.Verifying or EntryState.Exited
            && entry.ValidFrom <= day && day <= entry.ValidTo && entry.ReportedOn <= day && !(entry.ExitedOn <= day) && !(entry.UseEndedOn <= day)
            && entry.ExitReason != ExitReason.Erroneous && !Rests(entry.Id, day);

        private bool Rests(Guid entry, DateOnly day)
        {
            DateOnly? since = null;
            foreach (var (begins, on) in Verifications[entry])
            {
                if (since is { } from && !begins && from <= day && day <= on)
                {
                    return true;
                }

                since = begins ? on : null;
            }

            return since <= day;
        }
    }
}
