using Credit.Abstractions;
using Credit.Core.Feeds;
using Credit.Core.Oversight;
using Credit.Core.Tests.Tour;
using Credit.Domain.Feeds;
using Credit.OData.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>Every followed set, after everything that the tour does to the demo district.</summary>
public sealed class EverySetTests(TourHost host) : IClassFixture<TourHost>
{
    [Fact]
    [Trait("Invariant", "I73")]
    public async Task Following_change_by_change_gives_what_the_sets_show()
    {
        var follower = host.Services.GetRequiredService<FeedFollower>();
        var ledger = host.Services.GetRequiredService<FeedLedger>();
        await follower.RunOnceAsync(CancellationToken.None);
        var before = await ledger.HeadAsync(CancellationToken.None);

        await host.Services.GetRequiredService<ReportingPeriods>().RunOnceAsync(CancellationToken.None);
        foreach (var chapter in TourChapters.ReadAll())
        {
            await new TourWalk(host, chapter).RunAsync("followed");
            await follower.RunOnceAsync(CancellationToken.None);
        }

        await host.SettleAsync();
        await follower.RunOnceAsync(CancellationToken.None);
        var head = (await ledger.HeadAsync(CancellationToken.None))!;
        head.Day.ShouldBe(before!.Day, "nothing was compared as a whole");
        using var client = host.Anonymous();
        await using var scope = host.Services.CreateAsyncScope();
        List<string> changed = [];
        foreach (var set in follower.Followed)
        {
            // The rows of now, read as a list reads them: the ledger is not asked.
            var digest = new StateDigest();
            await foreach (var row in set.ReadAsync(scope.ServiceProvider, null, CancellationToken.None))
            {
                digest.Add(row.Key, row.Hash);
            }

            var state = await ledger.StateAsync(set.Id, head.Position, CancellationToken.None);
            (set.Id, state.Rows, state.Digest).ShouldBe((set.Id, digest.Rows, digest.Value));
            if (state != await ledger.StateAsync(set.Id, before.Position, CancellationToken.None))
            {
                changed.Add(set.Id);
            }

            if (set.Surface == Surface.Public)
            {
                var consumer = new Consumer(client, set.Name);
                await consumer.ReadAsync();
                consumer.Digest.ShouldBe(state.Digest, set.Id);
                var list = await FeedDistrict.PagesAsync(client, $"/odata/public/{set.Name}", "track-changes,odata.maxpagesize=1000");
                list.SelectMany(page => page.Rows).Select(row => row.GetRawText()).ShouldBe(consumer.Rows.Values.Select(row => row.Text), ignoreOrder: true, set.Id);
            }
        }

        changed.Count.ShouldBeGreaterThan(8, string.Join(", ", changed));
    }
}
