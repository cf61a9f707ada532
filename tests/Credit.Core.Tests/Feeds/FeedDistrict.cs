using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.OData.Changes;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>What a list, a page of it or a delta answered.</summary>
public sealed record Page(int Status, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    public IReadOnlyList<JsonElement> Rows => [.. Body.GetProperty("value").EnumerateArray()];

    public string? Next => Body.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;

    public string? Delta => Body.TryGetProperty("@odata.deltaLink", out var link) ? link.GetString() : null;

    public long Position => long.Parse(Headers["Credit-Position"]);
}

/// <summary>A host whose feeds are followed when a test says so.</summary>
public sealed class FeedDistrict : HostFixture
{
    /// <summary>Lets the ledger catch up.</summary>
    public Task<bool> FollowAsync() => Services.GetRequiredService<FeedFollower>().RunOnceAsync(CancellationToken.None);

    /// <summary>One request.</summary>
    public static async Task<Page> AskAsync(HttpClient client, string address, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute));
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(text), answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A list to its last page.</summary>
    public static async Task<IReadOnlyList<Page>> PagesAsync(HttpClient client, string address, string? prefer = null)
    {
        List<Page> pages = [await AskAsync(client, address, prefer)];
        while (pages[^1].Status == 200 && pages[^1].Next is { } next)
        {
            pages.Add(await AskAsync(client, next));
        }

        return pages;
    }
}
