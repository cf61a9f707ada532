using System.Collections.Concurrent;
using System.Security.Claims;
using Credit.Core.Demo;
using Credit.Core.DueProcess;
using Credit.Core.Enforcement;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Model;
using Credit.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Model;

/// <summary>Sixteen workers at one subject at once: what the log tells in the end is a way the tables of moves allow, and the invariants hold.</summary>
public sealed class ConcurrentTransitionsTests(HostFixture host, ITestOutputHelper output) : IClassFixture<HostFixture>
{
    private const int Workers = 16;
    private const int Moves = 10;
    private const int Rounds = 6;

    private readonly UseCaseDesk _desk = new(host.Services);
    private readonly ConcurrentDictionary<int, int> _answers = new();

    [Fact]
    [Trait("Invariant", "I1")]
    [Trait("Invariant", "I4")]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I23")]
    [Trait("Invariant", "I45")]
    [Trait("Invariant", "I89")]
    public async Task Sixteen_workers_on_one_subject_leave_a_history_that_the_tables_of_moves_allow()
    {
        var reader = new RegisterReader(host);
        var moves = 0;
        for (var round = 0; round < Rounds; round++)
        {
            // Every other round the terms end in the night before the race: the clockwork takes part in it.
            host.Clock.AdjustTime(CivilClock.StartOf(new DateOnly(2026, 6, 1).AddDays(7 * round)).AddHours(10));
            var subject = await PrepareAsync(round, endsToday: round % 2 == 1);
            host.Clock.Advance(round % 2 == 1 ? TimeSpan.FromDays(1) : TimeSpan.Zero);

            await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(subject, (ulong)((round * 100) + worker)))));

            await host.SweepAsync();
            await host.SettleAsync();
            moves += await FollowAsync(await reader.ReadOnAsync());
            await RegisterRules.HoldAsync(host);
        }

        output.WriteLine($"{moves} moves; answers: {string.Join(", ", _answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key} × {answer.Value}"))}");
        _answers.Keys.ShouldAllBe(status => status < StatusCodes.Status500InternalServerError);
        _answers.GetValueOrDefault(StatusCodes.Status200OK).ShouldBeGreaterThan(Rounds * 5, "they did something");
        _answers.Where(answer => answer.Key is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed).Sum(answer => answer.Value)
            .ShouldBeGreaterThan(Rounds * 10, "and were in each other's way");
    }

    // A black entry in force that everybody goes for, a watch entry of its domain, a red and a black proposal of other departments.
    private async Task<Guid> PrepareAsync(int round, bool endsToday)
    {
        var code = MadeUpIdentifiers.UnifiedCode("91", 700_000 + round);
        var last = host.Clock.Today().AddDays(endsToday ? 0 : 60);
        var watch = await ProposeAsync("tax", "Watch", "税收征管", code, last);
        await ForwardAsync("tax", watch, report: true);
        var black = await ProposeAsync("tax", "Black", "税收征管", code, last);
        await ForwardAsync("tax", black, report: round % 3 != 0);
        foreach (var (department, list, domain) in new[] { ("market-supervision", "Red", "市场监管"), ("human-resources", "Black", "食品药品"), ("market-supervision", "Watch", "食品药品") })
        {
            _ = await ProposeAsync(department, list, domain, code, last.AddDays(30));
        }

        await host.SettleAsync();
        return (await ReadAsync(db => db.Entries.AsNoTracking().Where(entry => entry.Id == black).Select(entry => entry.SubjectId).ToListAsync())).Single();
    }

    private async Task<Guid> ProposeAsync(string department, string list, string domain, string code, DateOnly last)
    {
        var proposed = await _desk.AskAsync(DemoCaller.Officer(department), nameof(ProposeEntry), new
        {
            list,
            domain,
            category = list == "Red" ? null : "Market",
            subject = new { kind = "LegalPerson", name = "任城某某公司", code, legalRepresentative = "李某" },
            facts = "认定事实。",
            bases = new[] { new { kind = "AdministrativeAct", text = "某法", documentNumber = $"{domain}{list}{code}" } },
            standard = "模型标准",
            standardLevel = "National",
            validTo = last,
            punishMonths = 12,
            repairable = true,
            repairModes = "公开信用承诺",
            watchReason = list == "Watch" ? "Heavier" : null,
            watchMonthsAfterExit = list == "Black" ? 6 : (int?)null,
        });
        proposed.Accepted.ShouldBeTrue(proposed.Body.ToString());
        return proposed.Body.GetProperty("entry").GetProperty("id").GetGuid();
    }

    private async Task ForwardAsync(string department, Guid entry, bool report)
    {
        var recognised = await _desk.AskAsync(DemoCaller.Approver(department), nameof(RecogniseEntry), new { }, entry, 1);
        recognised.Accepted.ShouldBeTrue(recognised.Body.ToString());
        if (report)
        {
            var reported = await _desk.AskAsync(
                DemoCaller.Reviewer(department), nameof(ReportEntry), new { channels = new[] { "DepartmentSite" } }, entry, recognised.Body.GetProperty("version").GetInt32());
            reported.Accepted.ShouldBeTrue(reported.Body.ToString());
        }
    }

    private async Task WorkAsync(Guid subject, ulong seed)
    {
        var numbers = new Numbers(seed);
        for (var move = 0; move < Moves; move++)
        {
            var status = numbers.Next(12) switch
            {
                0 => await ClockworkAsync(),
                < 7 => await OnEntryAsync(subject, numbers),
                < 9 => await OnObjectionAsync(subject, numbers),
                < 10 => await OnRepairAsync(subject, numbers),
                _ => await OnTaskAsync(subject, numbers),
            };
            _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
        }
    }

    private async Task<int> ClockworkAsync()
    {
        await host.SweepAsync();
        await host.SettleAsync();
        return StatusCodes.Status204NoContent;
    }

    private async Task<int> OnEntryAsync(Guid subject, Numbers numbers)
    {
        var entries = await ReadAsync(db => db.Entries.AsNoTracking().Where(entry => entry.SubjectId == subject).OrderBy(entry => entry.Id)
            .Select(entry => new { entry.Id, entry.Version, entry.Recogniser }).ToListAsync());
        var entry = entries[numbers.Next(entries.Count)];
        var decider = numbers.Next(2) == 0 ? DemoCaller.Approver(entry.Recogniser) : DemoCaller.Reviewer(entry.Recogniser);
        var (caller, useCase, body, versioned) = numbers.Next(8) switch
        {
            0 or 1 => (decider, nameof(RecogniseEntry), (object?)new { watchMonthsAfterExit = 6 }, true),
            2 or 3 => (decider, nameof(ReportEntry), new { channels = new[] { "DepartmentSite" } }, true),
            4 => (decider, nameof(ExitEntry), new { reason = "StandardChanged", explanation = "标准修订" }, true),
            5 => (DemoCaller.Subject(subject), nameof(FileObjection), new { grounds = "事实有误" }, false),
            6 => (DemoCaller.Subject(subject), nameof(ApplyForRepair), new { steps = new[] { new { mode = "PublicCommitment", evidence = "承诺书", doneOn = host.Clock.Today() } } }, false),
            _ => (DemoCaller.Officer(entry.Recogniser), nameof(WithdrawEntry), new { reason = "证据不足" }, true),
        };
        return (await _desk.AskAsync(caller, useCase, body, entry.Id, versioned ? entry.Version : null)).Status;
    }

    private async Task<int> OnObjectionAsync(Guid subject, Numbers numbers)
    {
        var objections = await ReadAsync(db => db.Objections.AsNoTracking().Where(each => each.SubjectId == subject).OrderBy(each => each.Id)
            .Select(each => new { each.Id, each.Version, each.Handler }).ToListAsync());
        if (objections.Count == 0)
        {
            return await OnEntryAsync(subject, numbers);
        }

        var objection = objections[numbers.Next(objections.Count)];
        var finding = "经核实";
        var (useCase, body) = numbers.Next(5) switch
        {
            0 or 1 => (nameof(AcceptObjection), (object?)null),
            2 => (nameof(ConcludeObjection), new { conclusion = "Upheld", finding }),
            3 => (nameof(ConcludeObjection), new { conclusion = "Revoked", finding }),
            _ => (nameof(ConcludeObjection), new { conclusion = "Corrected", finding, correctedFacts = "更正" }),
        };
        return await AskAsync(numbers, objection.Handler, useCase, body, objection.Id, objection.Version);
    }

    private async Task<int> OnRepairAsync(Guid subject, Numbers numbers)
    {
        var repairs = await ReadAsync(db => db.Repairs.AsNoTracking().Where(each => each.SubjectId == subject).OrderBy(each => each.Id)
            .Select(each => new { each.Id, each.Version, each.Handler }).ToListAsync());
        if (repairs.Count == 0)
        {
            return await OnEntryAsync(subject, numbers);
        }

        var repair = repairs[numbers.Next(repairs.Count)];
        return numbers.Next(4) switch
        {
            0 => (await _desk.AskAsync(DemoCaller.Officer(repair.Handler), nameof(AcceptRepair), null, repair.Id, repair.Version)).Status,
            1 => await AskAsync(numbers, repair.Handler, nameof(DecideRepair), new { approve = true, finding = "同意" }, repair.Id, repair.Version),
            2 => (await _desk.AskAsync(DemoCaller.Subject(subject), nameof(ApplyForEarlyExit), new { performance = "已履行", evidence = "证明" }, repair.Id, repair.Version)).Status,
            _ => await AskAsync(numbers, repair.Handler, nameof(ExitEarly), new { grant = true, dutiesFulfilled = true, finding = "同意" }, repair.Id, repair.Version),
        };
    }

    private async Task<int> OnTaskAsync(Guid subject, Numbers numbers)
    {
        var tasks = await ReadAsync(db => db.Tasks.AsNoTracking().Where(each => each.SubjectId == subject).OrderBy(each => each.Id)
            .Select(each => new { each.Id, each.Version, each.Department }).Take(4).ToListAsync());
        if (tasks.Count == 0)
        {
            return await OnEntryAsync(subject, numbers);
        }

        var task = tasks[numbers.Next(tasks.Count)];
        var (useCase, body) = numbers.Next(4) switch
        {
            0 => (nameof(AcknowledgeTask), (object?)null),
            1 => (nameof(ApplyTask), null),
            2 => (nameof(ReportFeedback), new { handleType = 2, action = "已办理", result = "已办理" }),
            _ => (nameof(ConfirmStop), new { note = "已停止" }),
        };
        return (await _desk.AskAsync(DemoCaller.Officer(task.Department), useCase, body, task.Id, task.Version)).Status;
    }

    private async Task<int> AskAsync(Numbers numbers, string department, string useCase, object? body, Guid about, int version)
    {
        ClaimsPrincipal decider = numbers.Next(2) == 0 ? DemoCaller.Approver(department) : DemoCaller.Reviewer(department);
        return (await _desk.AskAsync(decider, useCase, body, about, version)).Status;
    }

    // Every aggregate of the log is followed through its table, from its birth to the state it is stored in.
    private async Task<int> FollowAsync(IReadOnlyList<(Guid Aggregate, object Announcement)> announced)
    {
        var told = announced.ToLookup(each => each.Aggregate, each => each.Announcement);
        var ids = told.Select(each => each.Key).ToArray();
        List<Aggregate> rows =
        [
            .. await ReadAsync(db => db.Entries.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync()),
            .. await ReadAsync(db => db.Objections.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync()),
            .. await ReadAsync(db => db.Repairs.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync()),
            .. await ReadAsync(db => db.Tasks.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync()),
            .. await ReadAsync(db => db.Warnings.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync()),
        ];
        var moves = 0;
        foreach (var row in rows)
        {
            var (taken, broken) = Replay.Of(new Change(null, row, [.. told[row.Id]]));
            broken.ShouldBeNull($"{row.GetType().Name} {row.Id}: {string.Join(", ", told[row.Id])}");
            moves += taken.Count;
        }

        return moves;
    }

    private async Task<List<T>> ReadAsync<T>(Func<CreditDbContext, Task<List<T>>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }
}
