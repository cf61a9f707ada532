using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Enforcement;

/// <summary>Walks tasks and objections through the API, and looks into the register to see what came of it.</summary>
internal sealed class TaskJourney(HostFixture host)
{
    public EntryJourney Entries { get; } = new(host);

    public async Task<T> ReadAsync<T>(Func<CreditDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }

    public Task<List<MeasureTask>> TasksAsync(Guid entryId) => ReadAsync(db => db.Tasks.AsNoTracking().Where(task => task.EntryId == entryId).ToListAsync());

    /// <summary>Who has to decide what a first person proposed, and whether that is still to be done; null when nobody was asked.</summary>
    public Task<(string Department, bool Waits)?> DeskAsync(Guid about) => ReadAsync(async db =>
        await db.Inbox.AsNoTracking().SingleOrDefaultAsync(item => item.AggregateId == about && (item.Kind == InboxKind.SecondPerson || item.Kind == InboxKind.RuleAmendment)) is { } item
            ? (item.Department, item.DoneAt is null)
            : ((string, bool)?)null);

    /// <summary>A black entry in force and its tasks given out.</summary>
    public async Task<(EntryAnswer Entry, List<MeasureTask> Tasks)> DispatchedAsync(string mark, string validTo = "2029-11-23")
    {
        var entry = await Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark), validTo));
        await host.SettleAsync();
        return (entry, await TasksAsync(entry.Id));
    }

    /// <summary>Posts to a task in the version it has now.</summary>
    public async Task<MoveAnswer> OnTaskAsync(string user, Guid taskId, string action, object? body = null) =>
        await Entries.PostAsync(user, $"/api/tasks/{taskId}/{action}", await ReadAsync(db => db.Tasks.Where(task => task.Id == taskId).Select(task => task.Version).SingleAsync()), body);

    public async Task<MoveAnswer> TypedAsync(string user, Guid taskId, string kind, object body) =>
        await Entries.PostAsync(user, $"/api/modules/{kind}/{taskId}", await ReadAsync(db => db.Tasks.Where(task => task.Id == taskId).Select(task => task.Version).SingleAsync()), body);

    /// <summary>The finance bureau reports the ban from procurement it ordered.</summary>
    public Task<MoveAnswer> BanAsync(Guid taskId, string decidedOn = "2026-11-24") => TypedAsync(
        "finance.officer", taskId, "finance/feedback/procurement-ban", new { decisionNumber = "任财采〔2026〕1号", decidedOn, bannedFrom = "2026-11-24", bannedTo = "2027-11-23" });

    /// <summary>Files an objection and returns its id.</summary>
    public async Task<Guid> ObjectAsync(string user, Guid entryId)
    {
        var (status, body) = await TryObjectAsync(user, entryId);
        status.ShouldBe(HttpStatusCode.Created, body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetGuid();
    }

    public async Task<(HttpStatusCode Status, string Body)> TryObjectAsync(string user, Guid entryId)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync($"/api/entries/{entryId}/objections", new { grounds = "税款已缴清" });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Posts to an objection in the version it has now.</summary>
    public async Task<MoveAnswer> OnObjectionAsync(string user, Guid id, string action, object? body = null) =>
        await Entries.PostAsync(user, $"/api/objections/{id}/{action}", await ReadAsync(db => db.Objections.Where(each => each.Id == id).Select(each => each.Version).SingleAsync()), body);

    public async Task<Guid> AcceptedObjectionAsync(string user, Guid entryId)
    {
        var id = await ObjectAsync(user, entryId);
        var accepted = await OnObjectionAsync("tax.officer", id, "acceptance");
        accepted.Status.ShouldBe(HttpStatusCode.OK, accepted.Body);
        return id;
    }
}
