using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Store;
using Credit.Core.Tests.Accountability;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Incentives;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Domain.Checks;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Checks;

/// <summary>A register changed at random: the index answers every question as the register itself does.</summary>
public sealed partial class IndexAgainstRegisterTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly string[] Departments = ["tax", "finance", "market-supervision", "public-resource-trading", "development-reform", "human-resources"];

    private static readonly string[] Numbers = ["370811197001030016", "370811197102030023", "370811197203030030", "370811197405030055"];

    private readonly string[] _codes = [.. Enumerable.Range(0, 10).Select(each => Proposals.Code($"X{each}"))];
    private readonly TaskJourney _register = new(host);
    private readonly PersonsJourney _persons = new(host);
    private readonly IncentiveJourney _incentives = new(host);
    private int _penalties;

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Invariant", "I55")]
    public async Task Every_answer_of_the_index_is_the_registers_own_byte_for_byte_whatever_changes()
    {
        var chance = new Random(2);
        Dictionary<string, int> done = [];
        var compared = 0;
        for (var step = 0; step < 140; step++)
        {
            var act = Acts[chance.Next(Acts.Length)];
            done[act.Name] = done.GetValueOrDefault(act.Name) + (await act.Run(this, chance) ? 1 : 0);
            if (chance.Next(3) == 0)
            {
                await host.SettleAsync();
            }

            await host.FollowAsync();
            compared += await CompareAsync(chance);
            await RememberAsync(chance);
        }

        // What was never tried proves nothing.
        done.Where(each => each.Value == 0).Select(each => each.Key).ShouldBeEmpty();
        compared.ShouldBe(140 * 3);
        await ReplayAsync();
    }

    private async Task<int> CompareAsync(Random chance)
    {
        var today = host.Clock.Today();
        var compared = 0;
        foreach (var validAt in new[] { today, today.AddDays(1), today.AddDays(chance.Next(2, 900)) })
        {
            var question = new HitQuestion(
                new CheckedMatter(Enum.GetValues<MatterKind>()[chance.Next(Enum.GetValues<MatterKind>().Length)], "任采〔2026〕1号", "资格审查"),
                Departments[chance.Next(Departments.Length)], validAt, today);
            var own = await host.FromIndexAsync(Everybody(), question);
            own.ShouldNotBeNull("everything has its place");
            own.ShouldBe(await host.FromRegisterAsync(Everybody(), question), $"{question}");
            compared++;
        }

        return compared;
    }

    private IReadOnlyList<SubjectIdentifier> Everybody()
    {
        using var scope = host.Services.CreateScope();
        var identities = scope.ServiceProvider.GetRequiredService<Core.Subjects.SubjectIdentities>();
        return
        [
            .. _codes.Append(Proposals.Code("XY")).Select(code => new CheckedSubject(SubjectKind.LegalPerson, code))
                .Concat(Numbers.Select(number => new CheckedSubject(SubjectKind.NaturalPerson, null, "身份证", number)))
                .Select(subject => subject.Identify(identities, host.Clock.Today(), "subject").Value),
        ];
    }

    private static readonly (string Name, Func<IndexAgainstRegisterTests, Random, Task<bool>> Run)[] Acts =
    [
        ("black", (it, chance) => it.ListAsync("tax", Proposals.Black(it.Code(chance), validTo: chance.Next(2) == 0 ? "2026-11-26" : "2029-11-23"))),
        ("watch", (it, chance) => it.ListAsync("tax", Proposals.Watch(it.Code(chance)))),
        ("red", (it, chance) => it.ListAsync("market-supervision", Proposals.Red(it.Code(chance)))),
        ("office", (it, chance) => it.OfficeAsync(chance)),
        ("verify", (it, chance) => it.VerifyAsync(chance)),
        ("conclude", (it, chance) => it.ConcludeAsync(chance)),
        ("leave", (it, chance) => it.LeaveAsync(chance)),
        ("task", (it, chance) => it.TaskAsync(chance)),
        ("commitment", (it, chance) => it.TriedAsync("finance.officer", "/api/recorded-commitments", new { subject = IncentiveJourney.Company(it.Code(chance)), kind = "MissingPapers", text = "十个工作日内补齐。" })),
        ("breach", (it, chance) => it.BreachAsync(chance)),
        ("exemplar", (it, chance) => it.ExemplarAsync(chance)),
        ("class", (it, chance) => it.RateAsync(chance)),
        ("record", (it, chance) => it.RecordAsync(chance)),
        ("penalty", (it, chance) => it.PenaltyAsync(chance)),
        ("midnight", (it, _) => it.MidnightAsync()),
    ];

    private string Code(Random chance) => _codes[chance.Next(_codes.Length)];

    private async Task<bool> ListAsync(string department, object proposal)
    {
        var proposed = await _register.Entries.TryProposeAsync($"{department}.officer", proposal);
        if ((int)proposed.Status != 201)
        {
            return false;
        }

        var entry = JsonSerializer.Deserialize<JsonElement>(proposed.Body).GetProperty("entry").Deserialize<EntryAnswer>(JsonSerializerOptions.Web)!;
        var recognised = await _register.Entries.MoveAsync($"{department}.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        return (int)recognised.Status == 200
            && (int)(await _register.Entries.MoveAsync($"{department}.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } })).Status == 200;
    }

    private async Task<bool> OfficeAsync(Random chance)
    {
        if (await AnyAsync(db => db.Entries.Where(entry => entry.List != ListKind.Red && entry.State == EntryState.Active).Select(entry => entry.SubjectId), chance) is not { } unit)
        {
            return false;
        }

        var number = Numbers[chance.Next(Numbers.Length)];
        var office = chance.Next(2) == 0 ? "LegalRepresentative" : "MainResponsiblePerson";
        var recorded = await _register.Entries.PostAsync(
            "market-supervision.officer", $"/api/subjects/{unit}/officeholders", 1,
            new { person = new { name = "张三丰", certificateType = "身份证", certificateNumber = number }, office, since = "2020-03-01", evidence = "企业登记档案：变更登记。" });
        return (int)recorded.Status == 201
            && (int)(await _register.Entries.PostAsync(
                "market-supervision.approver", $"/api/officeholders/{JsonSerializer.Deserialize<JsonElement>(recorded.Body).GetProperty("id").GetGuid()}/confirmation", 1, new { confirmed = true })).Status == 200;
    }

    private async Task<bool> VerifyAsync(Random chance) =>
        await AnyAsync(db => db.Entries.Where(entry => entry.State == EntryState.Active && entry.Recogniser == "tax").Select(entry => entry.Id), chance) is { } entry
        && (await _register.TryObjectAsync("association", entry)) is { Status: System.Net.HttpStatusCode.Created } filed
        && (int)(await _register.OnObjectionAsync("tax.officer", JsonSerializer.Deserialize<JsonElement>(filed.Body).GetProperty("id").GetGuid(), "acceptance")).Status == 200;

    private async Task<bool> ConcludeAsync(Random chance) =>
        await AnyAsync(db => db.Objections.Where(each => each.State == ObjectionState.Accepted).Select(each => each.Id), chance) is { } objection
        && (int)(await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = chance.Next(2) == 0 ? "Upheld" : "Revoked", finding = "已核实" })).Status == 200;

    private async Task<bool> LeaveAsync(Random chance)
    {
        if (await AnyAsync(db => db.Entries.Where(entry => entry.State == EntryState.Active && entry.Recogniser == "tax").Select(entry => entry.Id), chance) is not { } id)
        {
            return false;
        }

        var entry = await _register.Entries.ReadAsync("tax.officer", id);
        return (int)(await _register.Entries.MoveAsync("tax.reviewer", entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" })).Status == 200;
    }

    private async Task<bool> TaskAsync(Random chance)
    {
        if (await AnyAsync(db => db.Tasks.Where(task => task.Department == "finance" && (task.State == TaskState.Dispatched || task.State == TaskState.Acknowledged)).Select(task => task.Id), chance) is not { } task)
        {
            return false;
        }

        return await _register.OnTaskAsync("finance.officer", task, "acknowledgement") is { Status: System.Net.HttpStatusCode.OK }
            || await _register.OnTaskAsync("finance.officer", task, "non-applicability", new { reason = "未参与采购。", legalBasis = "政府采购法第二十二条" }) is { Status: System.Net.HttpStatusCode.OK };
    }

    private async Task<bool> BreachAsync(Random chance) =>
        await AnyAsync(db => db.Commitments.Where(each => each.State == CommitmentState.Made).Select(each => each.Id), chance) is { } commitment
        && await TriedAsync("finance.approver", $"/api/commitments/{commitment}/breach", new { finding = "逾期未补齐。" });

    private async Task<bool> ExemplarAsync(Random chance)
    {
        var nominated = await _incentives.PostAsync(
            "market-supervision.officer", "/api/exemplars", new { subject = IncentiveJourney.Company(Code(chance)), source = "HonestEnterprise", deeds = "二十年足斤足两。" });
        return (int)nominated.Status == 201
            && await TriedAsync("market-supervision.approver", $"/api/exemplars/{JsonSerializer.Deserialize<JsonElement>(nominated.Body).GetProperty("id").GetGuid()}/decision", new { approve = true });
    }

    private async Task<bool> RateAsync(Random chance) => (int)(await _register.Entries.PutAsync(
        "finance.approver", "/api/incentives/supervision-classes", 0,
        new { subject = IncentiveJourney.Company(Code(chance)), @class = chance.Next(2) == 0 ? "A" : "C", basis = "分类评定。" })).Status == 200;

    private async Task<bool> RecordAsync(Random chance)
    {
        if (await AnyAsync(db => db.Subjects.Where(each => each.Code != null).Select(each => each.Id), chance) is not { } subject)
        {
            return false;
        }

        await _incentives.WriteAsync(db => db.Add(Domain.Records.CreditRecord.FromStep(
            subject, Domain.Records.RecordKind.Inspection, negative: true, "inspections", "market-supervision", "抽检不合格。",
            host.Clock.Today().AddDays(-chance.Next(0, 1500)), Guid.CreateVersion7(), Clause.R("3.1.1.a"))));
        return true;
    }

    private async Task<bool> PenaltyAsync(Random chance)
    {
        var number = ++_penalties;
        var file = SampleSheet.Csv(SampleSheet.Penalty(
            number, ("CF_XDR_SHXYM", Code(chance)), ("CF_JDRQ", $"{host.Clock.Today().AddDays(-chance.Next(1, 5)):yyyy/MM/dd}"), ("CF_CFLB", chance.Next(2) == 0 ? "警告" : "罚款")));
        var batch = await EveryFileOverHttpTests.SendAsync(host, "development-reform.officer", "penalties", $"{number}.csv", file);
        return batch.GetProperty("accepted").GetInt32() + batch.GetProperty("acceptedWithWarning").GetInt32() == 1;
    }

    private async Task<bool> MidnightAsync()
    {
        host.Clock.Advance(TimeSpan.FromHours(20));
        host.ForgetTokens();
        await host.SweepAsync();
        return true;
    }

    private async Task<bool> TriedAsync(string user, string path, object body) => (int)(await _incentives.PostAsync(user, path, body)).Status is 200 or 201;

    private async Task<Guid?> AnyAsync(Func<CreditDbContext, IQueryable<Guid>> which, Random chance)
    {
        var all = await _register.ReadAsync(db => which(db).OrderBy(id => id).ToListAsync());
        return all.Count == 0 ? null : all[chance.Next(all.Count)];
    }
}
