using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Oversight;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Oversight;

/// <summary>Asks the oversight endpoints as the departments' officers do.</summary>
internal sealed class OversightDesk(HostFixture host)
{
    public TaskJourney Register { get; } = new(host);

    /// <summary>Opens the reporting periods that have begun, as the clockwork does.</summary>
    public Task<int> OpenPeriodsAsync() => host.Services.GetRequiredService<ReportingPeriods>().RunOnceAsync(CancellationToken.None);

    public async Task<JsonElement> GetAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    public async Task<HttpStatusCode> StatusOfAsync(string user, string path)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    public async Task<MoveAnswer> PostAsync(string user, string path, object? body, int version = 1) => await Register.Entries.PostAsync(user, path, version, body);

    /// <summary>Posts, and it is accepted.</summary>
    public async Task<JsonElement> DoneAsync(string user, string path, object? body, int version = 1)
    {
        var answer = await PostAsync(user, path, body, version);
        answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        return JsonSerializer.Deserialize<JsonElement>(answer.Body);
    }

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string user, string query)
    {
        using var client = await host.AsAsync(user);
        return await Register.Entries.ListAsync(client, query);
    }

    public async Task<IReadOnlyList<string?>> InboxAsync(string user, string kind) =>
        [.. (await GetAsync(user, "/api/inbox")).GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("kind").GetString() == kind).Select(item => item.GetProperty("text").GetString())];
}
