using System.Collections.Concurrent;
using System.Diagnostics;
using Credit.OData.Changes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Feeds;

/// <summary>What files cost the database does not grow with how many lie on the disk.</summary>
public sealed class BulkQuestionsTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    [Fact]
    public async Task The_ledger_is_asked_as_often_for_many_manifests_as_for_one()
    {
        using var client = district.Anonymous();
        var files = district.Services.GetRequiredService<BulkFiles>();
        await district.SeedAsync(12);
        await district.FollowAsync();
        var told = await BulkTests.ManifestAsync(client);
        var path = told.GetProperty("ndjson").GetProperty("path").GetString()!;
        var few = await AskedAsync(files, path);
        few.ShouldBeGreaterThan(0, "else nothing is counted here");

        var (folder, position) = (district.InDataDirectory("bulk", "ListEntries"), told.GetProperty("position").GetInt64());
        var manifest = await File.ReadAllTextAsync(Path.Combine(folder, $"{position}.manifest.json"));
        for (var other = position + 1; other <= position + 20; other++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{other}.manifest.json"), manifest.Replace($"\"position\":{position}", $"\"position\":{other}", StringComparison.Ordinal).Replace($"/{position}.", $"/{other}.", StringComparison.Ordinal));
        }

        (await AskedAsync(files, path)).ShouldBe(few);
        Directory.GetFiles(folder, "*.manifest.json").Length.ShouldBe(1, "those of no state of this ledger went");
    }

    // Naming, opening and dropping, each once.
    private async Task<int> AskedAsync(BulkFiles files, string path)
    {
        var database = new NpgsqlConnectionStringBuilder(district.ConnectionString).Database;
        var asked = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var tags = activity.TagObjects.ToArray();
                if (tags.Any(tag => tag.Value as string is { } text && text.Contains(database!, StringComparison.Ordinal))
                    && tags.Select(tag => tag.Value).OfType<string>().FirstOrDefault(text => text.Contains("feed.pass p WHERE", StringComparison.Ordinal)) is { } statement)
                {
                    asked.Enqueue(statement);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        (await files.OfAsync("ListEntries", CancellationToken.None)).ShouldNotBeNull();
        await (await files.OpenAsync("ListEntries", Path.GetFileName(path), CancellationToken.None))!.Content.DisposeAsync();
        await files.PurgeAsync(CancellationToken.None);
        return asked.Count;
    }
}
