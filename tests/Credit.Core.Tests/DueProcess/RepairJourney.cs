using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.DueProcess;

/// <summary>Walks repairs through the API: the subject applies, the recogniser decides.</summary>
internal sealed class RepairJourney(HostFixture host)
{
    /// <summary>The one way that the entries of these tests ask for.</summary>
    public static readonly object Commitment = new { mode = "PublicCommitment", evidence = "信用承诺书（任信承〔2026〕31号）", doneOn = "2026-11-20" };

    public static readonly object Performed = new { performance = "税款、滞纳金、罚款已全部缴清。", evidence = "完税证明（鲁济税证〔2026〕2201号）" };

    public TaskJourney Register { get; } = new(host);

    public static string SubjectOf(EntryAnswer entry) => HostFixture.AccountOf(entry.SubjectId);

    /// <summary>What came of an application, whatever it was.</summary>
    public Task<MoveAnswer> TryApplyAsync(string user, Guid entryId, params object[] steps) =>
        Register.Entries.PostAsync(user, $"/api/entries/{entryId}/repairs", 1, new { steps });

    /// <summary>Applied for by the subject.</summary>
    public async Task<Guid> ApplyAsync(EntryAnswer entry)
    {
        var applied = await TryApplyAsync(SubjectOf(entry), entry.Id, Commitment);
        applied.Status.ShouldBe(HttpStatusCode.Created, applied.Body);
        return JsonSerializer.Deserialize<JsonElement>(applied.Body).GetProperty("id").GetGuid();
    }

    /// <summary>Applied for, accepted and approved.</summary>
    public async Task<Guid> ApprovedAsync(EntryAnswer entry)
    {
        var repair = await ApplyAsync(entry);
        await DoneAsync("tax.officer", repair, "acceptance");
        await DoneAsync("tax.approver", repair, "decision", new { approve = true, finding = "已完成信用修复。" });
        return repair;
    }

    /// <summary>Posts to a repair in the version it has now.</summary>
    public async Task<MoveAnswer> OnRepairAsync(string user, Guid id, string action, object? body = null) =>
        await Register.Entries.PostAsync(
            user, $"/api/repairs/{id}/{action}", await Register.ReadAsync(db => db.Repairs.Where(each => each.Id == id).Select(each => each.Version).SingleAsync()), body);

    /// <summary>The same, and it is accepted.</summary>
    public async Task DoneAsync(string user, Guid id, string action, object? body = null)
    {
        var answer = await OnRepairAsync(user, id, action, body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
    }

    public async Task<JsonElement> SeenAsync(string user, Guid id)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>($"/api/repairs/{id}");
    }

    public async Task<IReadOnlyList<JsonElement>> InboxAsync(string user)
    {
        using var client = await host.AsAsync(user);
        return [.. (await client.GetFromJsonAsync<JsonElement>("/api/inbox")).GetProperty("items").EnumerateArray()];
    }
}
