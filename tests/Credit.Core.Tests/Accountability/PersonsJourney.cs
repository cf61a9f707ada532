using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Accountability;

/// <summary>Walks offices and accountability through the API, and looks into the register to see what came of it.</summary>
internal sealed class PersonsJourney(HostFixture host)
{
    public TaskJourney Register { get; } = new(host);

    public EntryJourney Entries => Register.Entries;

    /// <summary>Records an office, and a second officer confirms it; returns the person.</summary>
    public async Task<Guid> OfficeAsync(Guid organisation, string number, string since, string? until = null, string office = "LegalRepresentative", string name = "张三丰")
    {
        var recorded = await DoneAsync(
            "market-supervision.officer", $"/api/subjects/{organisation}/officeholders",
            new { person = Certificate(number, name), office, since, until, evidence = "企业登记档案：变更登记。" });
        await DoneAsync("market-supervision.approver", $"/api/officeholders/{recorded.GetProperty("id").GetGuid()}/confirmation", new { confirmed = true });
        return recorded.GetProperty("personId").GetGuid();
    }

    /// <summary>Names a person responsible; returns the person.</summary>
    public async Task<Guid> NameAsync(EntryAnswer entry, string number, string name = "李四光") => (await DoneAsync(
        "tax.reviewer", $"/api/entries/{entry.Id}/responsible-persons",
        new { person = Certificate(number, name), responsibility = "DirectlyResponsible", reason = "任财务负责人期间直接实施虚假申报。" })).GetProperty("personId").GetGuid();

    /// <summary>Posts, and it is accepted.</summary>
    public async Task<JsonElement> DoneAsync(string user, string path, object? body, int version = 1)
    {
        var answer = await Entries.PostAsync(user, path, version, body);
        ((int)answer.Status).ShouldBeInRange(200, 201, answer.Body);
        return JsonSerializer.Deserialize<JsonElement>(answer.Body);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(body) : default);
    }

    /// <summary>What the person finds in its own file about organisations: entry, in force or not.</summary>
    public async Task<IReadOnlyList<(Guid Entry, bool InForce)>> FileAsync(Guid person)
    {
        var (status, file) = await GetAsync(HostFixture.AccountOf(person), $"/api/persons/{person}/file");
        status.ShouldBe(HttpStatusCode.OK);
        return [.. file.GetProperty("accountability").EnumerateArray().Select(item => (item.GetProperty("entryId").GetGuid(), item.GetProperty("inForce").GetBoolean()))];
    }

    public Task<List<AccountabilityItem>> ItemsAsync(Guid entry) =>
        Register.ReadAsync(db => db.AccountabilityItems.AsNoTracking().Where(item => item.EntryId == entry).OrderBy(item => item.Id).ToListAsync());

    public Task<List<MeasureTask>> PersonTasksAsync(Guid entry) =>
        Register.ReadAsync(db => db.Tasks.AsNoTracking().Where(task => task.EntryId == entry && task.PersonId != null).ToListAsync());

    /// <summary>A black entry of an organisation known to the register, proposed only.</summary>
    /// <param name="mark">Mark of the organisation.</param>
    /// <param name="actOn">Day of the act.</param>
    /// <param name="representative">Its legal representative on record.</param>
    public Task<EntryAnswer> ProposedAsync(string mark, string? actOn = null, string representative = "张三丰")
    {
        var proposal = Proposals.Black(Proposals.Code(mark)).With(("actOn", actOn), ("decidedOn", "2026-11-20"));
        proposal["subject"]!["legalRepresentative"] = representative;
        return Entries.ProposeAsync("tax.officer", proposal);
    }

    /// <summary>Recognised and reported.</summary>
    public async Task<EntryAnswer> InForceAsync(EntryAnswer entry)
    {
        entry = await RecognisedAsync(entry);
        var reported = await Entries.MoveAsync("tax.approver", entry, "report", new { channels = new[] { "DepartmentSite" } });
        reported.Status.ShouldBe(HttpStatusCode.OK, reported.Body);
        await host.SettleAsync();
        return reported.Entry;
    }

    public async Task<EntryAnswer> RecognisedAsync(EntryAnswer entry)
    {
        var recognised = await Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        return recognised.Entry;
    }

    private static object Certificate(string number, string name) => new { name, certificateType = "身份证", certificateNumber = number };
}
