using System.Net;
using Credit.Core.Feeds;
using Credit.Core.Store;
using Credit.OData.Changes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>Two releases over one database: one keeps the ledger, the other knows that it is behind, and neither undoes what the other did.</summary>
public sealed class TwoReleasesTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    private static readonly Version Sooner = new(1, 0, 0, 0);

    [Fact]
    public async Task Of_two_builds_of_one_version_the_one_that_came_later_keeps_the_ledger_and_the_other_says_that_it_is_behind()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(12);
        await Of(Own.Version, Own.Id, takesBack: true).RunOnceAsync(CancellationToken.None);
        var page = await FeedDistrict.AskAsync(client, List, "odata.maxpagesize=2");
        var tracked = (await FeedDistrict.PagesAsync(client, List, "track-changes"))[^1].Delta!;
        var manifest = await FeedDistrict.AskAsync(client, "/bulk/ListEntries");
        manifest.Status.ShouldBe(200);
        var rows = (await FeedDistrict.NowAsync(client, List)).Count;
        var (older, newer) = (district.Services.GetRequiredService<FeedFollower>(), Of(Own.Version, Guid.CreateVersion7()));

        (await newer.RunOnceAsync(CancellationToken.None)).ShouldBeTrue();
        var told = await ReformedAsync();
        for (var round = 0; round < 3; round++)
        {
            await district.SeedAsync(2);
            (await older.RunOnceAsync(CancellationToken.None), older.IsBehind).ShouldBe((false, true));
            (await newer.RunOnceAsync(CancellationToken.None), newer.IsBehind).ShouldBe((true, false));
        }

        (await ReformedAsync()).ShouldBe(told, "sets are formed anew once");

        // This host is the older one: lists it answers from the rows of now, and nothing from the ledger.
        (await FeedDistrict.NowAsync(client, List)).Count.ShouldBe(rows + 3);
        (await FeedDistrict.AskAsync(client, List + "?$top=50", "track-changes,odata.maxpagesize=50")).Delta.ShouldBeNull();
        (await FeedDistrict.AskAsync(client, page.Next!)).Status.ShouldBe(410, "it was of a state of another form");
        (await FeedDistrict.AskAsync(client, tracked)).Status.ShouldBe(410);
        foreach (var address in new[] { "/bulk/ListEntries", "/feeds/changes?set=ListEntries", $"/feeds/changes?set=ListEntries&after={page.Position}", "/feeds/digest?set=ListEntries" })
        {
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
            (answer.StatusCode, answer.Headers.RetryAfter is null).ShouldBe((HttpStatusCode.ServiceUnavailable, false), address);
        }

        using var file = await client.GetAsync(new Uri(manifest.Body.GetProperty("ndjson").GetProperty("path").GetString()!, UriKind.Relative));
        file.StatusCode.ShouldBe(HttpStatusCode.NotFound, "what the newer release scrubs may be in it");

        // Told to, it takes the ledger back, once.
        var back = Of(Own.Version, Own.Id, takesBack: true);
        (await back.RunOnceAsync(CancellationToken.None)).ShouldBeTrue();
        (await newer.RunOnceAsync(CancellationToken.None), newer.IsBehind).ShouldBe((false, true));
        (await older.RunOnceAsync(CancellationToken.None), older.IsBehind).ShouldBe((false, false));
        (await FeedDistrict.AskAsync(client, "/bulk/ListEntries")).Status.ShouldBe(200);
        var third = Of(Own.Version, Guid.CreateVersion7());
        (await third.RunOnceAsync(CancellationToken.None)).ShouldBeTrue();
        (await back.RunOnceAsync(CancellationToken.None), back.IsBehind).ShouldBe((false, true), "once");
        await Of(Own.Version, Own.Id, takesBack: true).RunOnceAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_stream_that_waits_ends_when_another_release_forms_its_set_anew()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(4);
        await Of(Own.Version, Own.Id, takesBack: true).RunOnceAsync(CancellationToken.None);
        var consumer = new Consumer(client, "ListEntries");
        await consumer.ReadAsync();
        var waiting = client.GetStringAsync(new Uri($"/feeds/changes?set=ListEntries&after={consumer.Head}&wait=120", UriKind.Relative));
        await Task.Delay(TimeSpan.FromSeconds(1));
        waiting.IsCompleted.ShouldBeFalse();

        await Of(Own.Version, Guid.CreateVersion7()).RunOnceAsync(CancellationToken.None);

        (await waiting.WaitAsync(TimeSpan.FromSeconds(20))).ShouldNotContain("\"put\"");
        await Of(Own.Version, Own.Id, takesBack: true).RunOnceAsync(CancellationToken.None);
    }

    [Fact]
    public void A_higher_version_is_newer_whenever_it_comes_and_a_replaced_build_does_not_come_back()
    {
        var (first, second, higher) = (new FeedRelease(Sooner, Guid.CreateVersion7()), new FeedRelease(Sooner, Guid.CreateVersion7()), new FeedRelease(new(1, 1, 0, 0), Guid.CreateVersion7()));
        var kept = FeedKeeping.By(second, FeedKeeping.By(first, null));
        (kept.IsAheadOf(first), kept.IsAheadOf(second), kept.IsAheadOf(higher)).ShouldBe((true, false, false));

        kept = FeedKeeping.By(higher, kept);
        (kept.IsAheadOf(first), kept.IsAheadOf(new(Sooner, Guid.CreateVersion7())), kept.IsAheadOf(higher)).ShouldBe((true, true, false));

        // Taken back, the higher version is newer still.
        FeedKeeping.By(first, kept).IsAheadOf(higher).ShouldBeFalse();

        // However many builds come, what is noted does not grow without end, and those of the last sixty-four do not come back.
        var builds = Enumerable.Range(0, 200).Select(_ => new FeedRelease(Sooner, Guid.CreateVersion7())).ToArray();
        kept = builds.Aggregate(FeedKeeping.By(first, null), (keeping, build) => FeedKeeping.By(build, keeping));
        builds[^65..^1].ShouldAllBe(build => kept.IsAheadOf(build));
        var noted = FeedShape.Of(new FeedShape(new byte[32], kept).Noted());
        noted.Keeping!.Release.ShouldBe(builds[^1]);
        noted.Keeping.Replaced.ShouldBe(kept.Replaced);
        new FeedShape(new byte[32], kept).Noted().Length.ShouldBe(32 + 32 + (64 * 16));
    }

    [Fact]
    public void The_release_is_another_as_soon_as_any_code_that_forms_rows_is_and_the_same_for_equal_builds()
    {
        Own.ShouldBe(FeedRelease.Of(typeof(FeedFollower).Assembly));
        Guid[] builds =
        [
            .. new[] { typeof(Credit.Abstractions.Surface), typeof(CreditDbContext), typeof(Credit.Domain.Policy.CivilClock), typeof(FeedFollower) }
                .Select(type => type.Assembly).OrderBy(assembly => assembly.GetName().Name, StringComparer.Ordinal).Select(assembly => assembly.ManifestModule.ModuleVersionId),
        ];
        Own.Id.ShouldBe(new Guid(System.Security.Cryptography.SHA256.HashData([.. builds.SelectMany(build => build.ToByteArray())]).AsSpan(0, 16)));
        FeedRelease.Of(typeof(CreditDbContext).Assembly).Id.ShouldNotBe(Own.Id);
    }

    private FeedRelease Own => district.Services.GetRequiredService<FeedRelease>();

    private FeedFollower Of(Version version, Guid build, bool takesBack = false)
    {
        var services = district.Services;
        var form = new FeedForm(services.GetRequiredService<StoreSources>(), new(version, build));
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new(FeedFollower.TakeBackSetting, $"{takesBack}")]).Build();
        return ActivatorUtilities.CreateInstance<FeedFollower>(services, form, configuration);
    }

    private async Task<long> ReformedAsync()
    {
        await using var command = district.Services.GetRequiredService<StoreSources>().Application.CreateCommand(
            "SELECT count(*) FROM core.register_entry WHERE wire_name = 'feeds.reformed.v1'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
