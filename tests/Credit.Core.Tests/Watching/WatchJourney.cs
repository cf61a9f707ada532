using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.DueProcess;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Watching;

/// <summary>Walks watch entries, rectifications and notices through the API.</summary>
internal sealed class WatchJourney(HostFixture host)
{
    public TaskJourney Register { get; } = new(host);

    public EntryJourney Entries => Register.Entries;

    public static string SubjectOf(EntryAnswer entry) => HostFixture.AccountOf(entry.SubjectId);

    /// <summary>A watch entry in force in each of these domains.</summary>
    public async Task<EntryAnswer[]> WatchedAsync(string mark, params string[] domains)
    {
        List<EntryAnswer> entries = [];
        foreach (var domain in domains)
        {
            entries.Add(await Entries.InForceAsync("tax", Proposals.Watch(Proposals.Code(mark), domain)));
        }

        return [.. entries];
    }

    public Task<MoveAnswer> ExitAsync(EntryAnswer entry) =>
        Entries.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });

    public async Task<IReadOnlyList<JsonElement>> PublicAsync(string query)
    {
        using var anyone = host.Anonymous();
        return await Entries.ListAsync(anyone, "/odata/public/" + query);
    }

    public async Task<IReadOnlyList<JsonElement>> OfficialAsync(string user, string query)
    {
        using var client = await host.AsAsync(user);
        return await Entries.ListAsync(client, "/odata/official/" + query);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, body.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(body) : default);
    }

    /// <summary>Steps the city gets about this entry or warning.</summary>
    public async Task<IReadOnlyList<JsonElement>> CityAsync(Guid about)
    {
        await host.SettleAsync();
        using var city = await host.AsAsync("city.system");
        var page = await city.GetFromJsonAsync<JsonElement>("/api/exchange/city/steps?after=0");
        return [.. page.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("correlationId").GetGuid() == about)];
    }

    /// <summary>Required by the recogniser.</summary>
    public async Task<Guid> RequireAsync(EntryAnswer entry, string due = "2026-12-04")
    {
        var answer = await Entries.PostAsync("tax.officer", $"/api/entries/{entry.Id}/rectifications", 1, new { requirement = "补报第三季度增值税。", due });
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("id").GetGuid();
    }

    /// <summary>Posts to a rectification in the version it has now.</summary>
    public async Task<MoveAnswer> OnRectificationAsync(string user, Guid id, string action, object body) => await Entries.PostAsync(
        user,
        $"/api/rectifications/{id}/{action}",
        await Register.ReadAsync(db => db.Rectifications.Where(each => each.Id == id).Select(each => each.Version).SingleAsync()),
        body);

    public Task<Rectification> RectificationAsync(Guid id) => Register.ReadAsync(db => db.Rectifications.AsNoTracking().SingleAsync(each => each.Id == id));

    public Task<List<Notice>> NoticesAsync(Guid about, NoticeKind kind) => Register.ReadAsync(
        db => db.Notices.AsNoTracking().Where(notice => notice.AboutId == about && notice.Kind == kind).OrderBy(notice => notice.Id).ToListAsync());
}
