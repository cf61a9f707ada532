using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Domain.Feeds;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Feeds;

/// <summary>Many partners at once, none of them reliable, over a register that is never still.</summary>
public sealed class ThousandConsumersTests(FeedDistrict district, ITestOutputHelper output) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    /// <summary>The full run: <c>CREDIT_FEED_CONSUMERS=1000 CREDIT_FEED_CHANGES=20000</c>.</summary>
    private static readonly int Consumers = int.Parse(Environment.GetEnvironmentVariable("CREDIT_FEED_CONSUMERS") ?? "60");

    private static readonly int Changes = int.Parse(Environment.GetEnvironmentVariable("CREDIT_FEED_CHANGES") ?? "1500");

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task Consumers_that_crash_sleep_repeat_and_reorder_hold_the_same_rows_in_the_end()
    {
        var seeded = await district.SeedAsync(Math.Max(100, Changes / 50));
        await district.FollowAsync();
        using var writing = new CancellationTokenSource();
        using var client = district.Anonymous();
        client.Timeout = TimeSpan.FromMinutes(10);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var (left, states, requests) = (Changes, 0, 0L);
        var (late, crashes, reorders, restores, repeats) = (0, 0, 0, 0, 0);
        var writers = Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            Task LateAsync()
            {
                Interlocked.Increment(ref late);
                return Task.Delay(random.Next(200));
            }

            for (int number; (number = Interlocked.Decrement(ref left)) >= 0;)
            {
                // Every eighth stays open while others commit behind it.
                await district.ChangeAsync(seeded[random.Next(seeded.Count)], random.Next(5), number % 8 == 0 ? LateAsync : null);
            }
        })).ToArray();

        // Two hosts would each have a follower.
        var followers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!writing.IsCancellationRequested)
            {
                states += await district.FollowAsync() ? 1 : 0;
                await Task.Delay(50);
            }
        })).ToArray();
        var streaming = Enumerable.Range(0, Consumers / 2).Select(_ => new Consumer(client, "ListEntries")).ToArray();
        var linked = Enumerable.Range(0, Consumers - streaming.Length).Select(_ => new LinkedConsumer(client)).ToArray();
        var readers = streaming.Select((consumer, i) => Task.Run(async () =>
            {
                var random = new Random(i);
                var backup = consumer.Backup;
                while (!writing.IsCancellationRequested)
                {
                    Interlocked.Increment(ref requests);
                    await (random.Next(4) switch
                    {
                        0 => Counted(ref crashes, consumer.ReadAsync(lines: random.Next(200))),
                        1 => Counted(ref reorders, consumer.ReadAsync(shuffle: random)),
                        2 => consumer.ReadAsync(wait: 1),
                        _ => consumer.ReadAsync(),
                    });
                    if (random.Next(6) == 0)
                    {
                        Interlocked.Increment(ref restores);
                        consumer.Restore(backup);
                    }
                    else if (random.Next(3) == 0)
                    {
                        backup = consumer.Backup;
                    }

                    await Task.Delay(random.Next(20 * Consumers), CancellationToken.None);
                }
            }))
            .Concat(linked.Select((consumer, i) => Task.Run(async () =>
            {
                var random = new Random(1000 + i);
                while (!writing.IsCancellationRequested)
                {
                    Interlocked.Increment(ref requests);
                    var again = random.Next(4) == 0;
                    _ = again ? Interlocked.Increment(ref repeats) : 0;
                    await consumer.StepAsync(repeat: again);
                    await Task.Delay(random.Next(20 * Consumers), CancellationToken.None);
                }
            }))).ToArray();

        await Task.WhenAll(writers);
        await writing.CancelAsync();
        await Task.WhenAll([.. followers, .. readers]);
        await district.FollowAsync();
        foreach (var consumer in streaming)
        {
            await consumer.ReadAsync();
        }

        foreach (var consumer in linked)
        {
            await consumer.FinishAsync();
        }

        var now = await FeedDistrict.NowAsync(client, List);
        var digest = new StateDigest();
        foreach (var (key, text) in now)
        {
            digest.Add(Guid.Parse(key), SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }

        output.WriteLine($"{Consumers} consumers, {Changes} changes, {late} of them committed late, {states} states, {requests} requests, {System.Diagnostics.Stopwatch.GetElapsedTime(began)}");
        output.WriteLine($"{crashes} crashes, {reorders} reordered answers, {restores} restored backups, {repeats} answers thrown away and asked for again, {streaming.Sum(consumer => consumer.Restarts)} starts anew");
        output.WriteLine($"{now.Count} rows, digest {digest.Value}");
        streaming.Count(consumer => consumer.Digest != digest.Value).ShouldBe(0, "by the stream");
        linked.Count(consumer => consumer.Digest != digest.Value).ShouldBe(0, "by links");
        streaming.Select(consumer => consumer.Digest).Concat(linked.Select(consumer => consumer.Digest)).Append(streaming[0].Named).Distinct().ShouldBe([digest.Value]);
        streaming.ShouldAllBe(consumer => consumer.Rows.Count == now.Count);
        states.ShouldBeGreaterThan(3);
    }

    private static Task Counted(ref int count, Task reading)
    {
        Interlocked.Increment(ref count);
        return reading;
    }

    /// <summary>A copy kept by delta links, one page at a time; a page that was answered may be asked for again.</summary>
    private sealed class LinkedConsumer(HttpClient client)
    {
        private const string Prefer = "track-changes,odata.maxpagesize=50";
        private readonly Dictionary<string, string> _rows = [];
        private string? _link;

        public string Digest
        {
            get
            {
                var digest = new StateDigest();
                foreach (var (key, text) in _rows)
                {
                    digest.Add(Guid.Parse(key), SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                }

                return digest.Value;
            }
        }

        public async Task<bool> StepAsync(bool repeat)
        {
            var page = await FeedDistrict.AskAsync(client, _link ?? List, Prefer);
            page.Status.ShouldBe(200, page.Body.ToString());
            if (_link is null)
            {
                _rows.Clear();
            }

            foreach (var row in page.Rows)
            {
                var key = row.GetProperty("Id").GetString()!;
                if (row.TryGetProperty("@removed", out _))
                {
                    _rows.Remove(key);
                }
                else
                {
                    _rows[key] = row.GetRawText();
                }
            }

            if (!repeat)
            {
                _link = page.Next ?? page.Delta;
            }

            return page.Delta is not null;
        }

        public async Task FinishAsync()
        {
            // The page that ends a traversal or a delta that was under way, and the one that has what came since.
            for (var ends = 0; ends < 2;)
            {
                ends += await StepAsync(repeat: false) ? 1 : 0;
            }
        }
    }
}
