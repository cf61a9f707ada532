using System.Collections.Concurrent;
using System.Diagnostics;
using Credit.Core.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Feeds;

/// <summary>What many who wait cost.</summary>
public sealed class WaitingStreamsTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const int Streams = 500;

    [Fact]
    public async Task However_many_wait_the_ledger_is_asked_once_a_beat()
    {
        var seeded = await district.SeedAsync(4);
        await district.FollowAsync();
        using var client = district.Anonymous();
        client.Timeout = Timeout.InfiniteTimeSpan;
        var number = (await district.Services.GetRequiredService<FeedHeads>().ReadAsync(CancellationToken.None))!.Public.Number;
        var streams = await Task.WhenAll(Enumerable.Range(0, Streams).Select(async _ =>
        {
            var answer = await client.GetAsync($"/feeds/changes?set=ListEntries&after={number}&wait=120", HttpCompletionOption.ResponseHeadersRead);
            var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync())!.ShouldContain("\"change\":\"head\"");
            return (Answer: answer, Reader: reader);
        }));

        // Every statement about the ledger of this district; other tests of this process have their own.
        var database = new NpgsqlConnectionStringBuilder(district.ConnectionString).Database;
        var asked = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var text = (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) as string;
                if (text?.Contains("feed.", StringComparison.Ordinal) == true && (string?)activity.GetTagItem("db.namespace") == database)
                {
                    asked.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var begun = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(4));
        var beats = Stopwatch.GetElapsedTime(begun) / FeedHeads.Beat;
        asked.Count.ShouldBeInRange(1, (int)beats + 2);

        // And all of them hear of a change.
        await district.ChangeAsync(seeded[0], 0);
        await district.FollowAsync();
        foreach (var (answer, reader) in streams)
        {
            (await reader.ReadLineAsync())!.ShouldContain("\"change\":\"removed\"");
            (await reader.ReadLineAsync())!.ShouldContain($"\"position\":{number + 1}");
            reader.Dispose();
            answer.Dispose();
        }
    }
}
