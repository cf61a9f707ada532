using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Rules;

/// <summary>What the catalogue said stays when it says something else (I93).</summary>
[Trait("Invariant", "I93")]
public sealed class CatalogueHistoryTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task An_item_that_reads_otherwise_or_is_gone_or_comes_back_is_a_later_version_and_the_earlier_ones_stay()
    {
        var pack = host.Services.GetRequiredService<PolicyPack>();
        (await VersionsAsync("inspections")).ShouldHaveSingleItem().GetProperty("policyPack").GetString().ShouldBe(pack.Name);

        var changed = pack with { Catalogue = [.. pack.Catalogue.Select(item => item.Key == "inspections" ? item with { Publish = false } : item)] };
        var without = pack with { Catalogue = [.. pack.Catalogue.Where(item => item.Key != "inspections")] };
        await KeepAsync(pack, new(2026, 11, 25));
        await KeepAsync(changed, new(2026, 11, 26));
        await KeepAsync(changed, new(2026, 11, 27));
        await KeepAsync(without, new(2026, 11, 28));
        await KeepAsync(pack, new(2026, 11, 29));

        var versions = await VersionsAsync("inspections");
        versions.Select(version => (version.GetProperty("revision").GetInt32(), version.GetProperty("from").GetString())).ShouldBe(
            [(1, "2026-11-24"), (2, "2026-11-26"), (3, "2026-11-28"), (4, "2026-11-29")]);
        versions.Select(version => version.GetProperty("item").ValueKind == JsonValueKind.Null ? (bool?)null : version.GetProperty("item").GetProperty("publish").GetBoolean())
            .ShouldBe([true, false, null, true]);
        (await VersionsAsync("penalties")).Count.ShouldBe(1, "an item that reads as before has no other version");
    }

    [Fact]
    public async Task Not_even_the_owner_of_the_database_rewrites_a_version()
    {
        (await host.TryAsync("UPDATE core.catalogue_item_version SET content = NULL WHERE key = 'penalties'")).State.ShouldBe("23514");
        (await host.TryAsync("DELETE FROM core.catalogue_item_version WHERE key = 'penalties'")).State.ShouldBe("23514");
        using var anyone = host.Anonymous();
        (await anyone.GetAsync(new Uri("/api/catalogue/items/nothing/versions", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task KeepAsync(PolicyPack pack, DateOnly today)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await CatalogueHistory.KeepAsync(db, pack, today, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<JsonElement>> VersionsAsync(string key)
    {
        using var anyone = host.Anonymous();
        return [.. (await anyone.GetFromJsonAsync<JsonElement>(new Uri($"/api/catalogue/items/{key}/versions", UriKind.Relative))).EnumerateArray()];
    }
}
