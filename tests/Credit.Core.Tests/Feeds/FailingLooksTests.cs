using Credit.Domain.Policy;
using Npgsql;

namespace Credit.Core.Tests.Feeds;

/// <summary>A follower that fails goes on failing until somebody mends what is broken: meanwhile the log does not fill.</summary>
public sealed class FailingLooksTests(FeedDistrict district) : IClassFixture<FeedDistrict>
{
    private const string Told = "SELECT count(*) FROM core.register_entry WHERE wire_name IN ('day.turned.v1', 'reference.changed.v1', 'feeds.reformed.v1')";

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task What_was_told_to_the_log_is_not_told_again_however_often_the_look_after_it_fails()
    {
        var seeded = await district.SeedAsync(6);
        await district.FollowAsync();
        await FailsAsync("a new day", 1, () =>
        {
            district.Clock.Advance(CivilClock.StartOf(district.Clock.Today().AddDays(1)) - district.Clock.GetUtcNow());
            return Task.CompletedTask;
        });
        await FailsAsync("another name", 1, () => RunAsync("UPDATE core.department SET name = name || '局' WHERE key = 'tax'"));
        await FailsAsync("another form", 1, () => RunAsync("UPDATE feed.followed SET shape = '\\x00' WHERE set_name = 'public/ListEntries'"));
        await FailsAsync("a text blanked by hand", 1, () =>
        {
            district.Clock.Advance(TimeSpan.FromMinutes(10));
            return RunAsync($"UPDATE core.list_entry SET facts = '已删' WHERE id = '{seeded[2]}'");
        });
        await FailsAsync("all of it", 3, async () =>
        {
            district.Clock.Advance(CivilClock.StartOf(district.Clock.Today().AddDays(1)) - district.Clock.GetUtcNow());
            await RunAsync("UPDATE core.department SET name = name || '处' WHERE key = 'tax'");
            await RunAsync("UPDATE feed.followed SET shape = '\\x00' WHERE set_name = 'public/ListEntries'");
        });
    }

    // However many tell it at first, each is told once; and when what failed is mended the ledger comes to the state.
    private async Task FailsAsync(string what, long told, Func<Task> happen)
    {
        await happen();
        var before = await CountAsync(Told);
        await RunAsync("ALTER TABLE feed.pass ADD CONSTRAINT broken CHECK (false) NOT VALID");
        for (var tries = 0; tries < 4; tries++)
        {
            await Should.ThrowAsync<PostgresException>(district.FollowAsync);
        }

        (await CountAsync(Told) - before).ShouldBe(told, what);
        await RunAsync("ALTER TABLE feed.pass DROP CONSTRAINT broken");
        (await district.FollowAsync()).ShouldBeTrue(what);
        (await district.FollowAsync()).ShouldBeFalse(what);
        (await CountAsync(Told) - before).ShouldBe(told, what);
    }

    private async Task<long> CountAsync(string text)
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string text)
    {
        await using var connection = new NpgsqlConnection(district.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
