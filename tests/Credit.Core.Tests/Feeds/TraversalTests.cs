using System.Text.Json;
using Credit.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Feeds;

/// <summary>Traversals while the register changes, held against the log: what it says up to the position that the pages name.</summary>
public sealed class TraversalTests(FeedDistrict district, ITestOutputHelper output) : IClassFixture<FeedDistrict>
{
    private const string List = "/odata/public/ListEntries";

    /// <summary>Changes of the full run: <c>CREDIT_FEED_CHANGES=10000</c>.</summary>
    private static readonly int Changes = int.Parse(Environment.GetEnvironmentVariable("CREDIT_FEED_CHANGES") ?? "1200");

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task A_traversal_is_the_state_at_the_position_it_names_while_changes_run()
    {
        var seeded = await district.SeedAsync(200);
        await district.FollowAsync();
        using var writing = new CancellationTokenSource();
        var left = Changes;
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (int number; (number = Interlocked.Decrement(ref left)) >= 0;)
            {
                await district.ChangeAsync(seeded[random.Next(seeded.Count)], random.Next(5), number % 10 == 0 ? () => Task.Delay(random.Next(60)) : null);
            }
        })).ToArray();
        var follower = Task.Run(async () =>
        {
            while (!writing.IsCancellationRequested)
            {
                await district.FollowAsync();
            }
        });
        var traversals = 0;
        var readers = new (string Query, Func<Shown, bool> Keeps, Func<IEnumerable<Shown>, IEnumerable<Shown>>? Order)[]
        {
            ("", _ => true, shown => shown.OrderBy(row => row.Id)),
            ("?$filter=UnderVerification eq true", row => row.UnderVerification, shown => shown.OrderBy(row => row.Id)),
            ("?$orderby=SubjectName desc", _ => true, shown => shown.OrderByDescending(row => row.SubjectName, StringComparer.Ordinal)),
        }.Select(each => Task.Run(async () =>
        {
            using var client = district.Anonymous();
            while (!writing.IsCancellationRequested)
            {
                var pages = await FeedDistrict.PagesAsync(client, List + each.Query, "odata.maxpagesize=9");
                pages.ShouldAllBe(page => page.Status == 200);
                if (pages.Count == 1)
                {
                    // One page is a state by itself.
                    continue;
                }

                var position = pages.Select(page => page.Position).Distinct().ShouldHaveSingleItem();
                var rows = pages.SelectMany(page => page.Rows).Select(Shown.Of).ToArray();
                var expected = (await AtAsync(position)).Where(each.Keeps).ToArray();
                rows.ShouldBe(expected, ignoreOrder: true, $"position {position}");
                rows.Select(row => row.SubjectName).ShouldBe(each.Order!(rows).Select(row => row.SubjectName));
                Interlocked.Increment(ref traversals);
            }
        })).ToArray();

        await Task.WhenAll(writers);
        await writing.CancelAsync();
        await Task.WhenAll([follower, .. readers]);
        output.WriteLine($"{Changes} changes, {traversals} traversals of more than one page");
        traversals.ShouldBeGreaterThan(10);
    }

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task A_page_of_a_position_that_is_gone_says_so()
    {
        using var client = district.Anonymous();
        await district.SeedAsync(30);
        await district.FollowAsync();
        var next = (await FeedDistrict.AskAsync(client, List, "odata.maxpagesize=5")).Next!;
        (await FeedDistrict.AskAsync(client, next)).Status.ShouldBe(200);
        await district.SeedAsync(2);
        await district.FollowAsync();
        (await FeedDistrict.AskAsync(client, next)).Status.ShouldBe(200);

        await district.CompactAsync();

        var gone = await FeedDistrict.AskAsync(client, next);
        gone.Status.ShouldBe(410);
        gone.Headers["Link"].ShouldContain("</bulk/ListEntries>; rel=\"snapshot\"");
        (await FeedDistrict.AskAsync(client, next + "9")).Status.ShouldBe(400);
        (await FeedDistrict.AskAsync(client, next + ".x")).Status.ShouldBe(400);
    }

    // What the log says of entries up to the state that the public knows by this number; the rows of the ledger are not asked.
    private async Task<IReadOnlyList<Shown>> AtAsync(long position)
    {
        await using var command = district.Services.GetRequiredService<StoreSources>().Application.CreateCommand(
            """
            SELECT e.aggregate_id, e.changes FROM core.register_position p JOIN core.register_entry e ON e.id = p.entry_id
            WHERE e.kind = 'ListEntry' AND p.position <= (SELECT position FROM feed.pass WHERE shown AND number = $1) ORDER BY p.position
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        Dictionary<Guid, Dictionary<string, JsonElement>> entries = [];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (!entries.TryGetValue(rows.GetGuid(0), out var entry))
            {
                entries[rows.GetGuid(0)] = entry = [];
            }

            foreach (var field in JsonDocument.Parse(rows.GetString(1)).RootElement.EnumerateObject())
            {
                entry[field.Name] = field.Value.Clone();
            }
        }

        return
        [
            .. entries.Where(entry => entry.Value["State"].GetString() is "Active" or "Verifying" && entry.Value["ChosenForPublication"].GetBoolean())
                .Select(entry => new Shown(entry.Key, entry.Value["SubjectName"].GetString()!, entry.Value["Facts"].GetString()!, entry.Value["State"].GetString() == "Verifying")),
        ];
    }

    private sealed record Shown(Guid Id, string SubjectName, string Facts, bool UnderVerification)
    {
        public static Shown Of(JsonElement row) => new(
            row.GetProperty(nameof(Id)).GetGuid(), row.GetProperty(nameof(SubjectName)).GetString()!, row.GetProperty(nameof(Facts)).GetString()!, row.GetProperty(nameof(UnderVerification)).GetBoolean());
    }
}
