using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Tests.Enforcement;

/// <summary>All departments get their tasks of one listing together, or none does.</summary>
public sealed class FanOutTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Invariant", "I42")]
    public async Task Killed_half_way_the_fan_out_leaves_nothing_and_the_next_try_gives_every_task_out_in_one_transaction()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("F0")));

        // The server ends the connection at the eighth task: what a crash of the host or the network looks like from inside.
        await OwnerAsync(
            """
            CREATE SEQUENCE core.fan_out_row; GRANT USAGE ON core.fan_out_row TO credit_app;
            CREATE FUNCTION core.kill_fan_out() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF nextval('core.fan_out_row') = 8 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER kill_fan_out BEFORE INSERT ON core.measure_task FOR EACH ROW EXECUTE FUNCTION core.kill_fan_out();
            """);
        var deadlines = await _journey.ReadAsync(db => db.Deadlines.CountAsync());
        var positions = await _journey.ReadAsync(db => db.RegisterEntries.CountAsync());

        await host.SettleAsync();

        (await OwnerAsync("SELECT last_value FROM core.fan_out_row")).ShouldBe(8L, "it was killed half way");
        (await _journey.TasksAsync(entry.Id)).ShouldBeEmpty();
        (await _journey.ReadAsync(db => db.Deadlines.CountAsync())).ShouldBe(deadlines);
        (await _journey.ReadAsync(db => db.RegisterEntries.CountAsync())).ShouldBe(positions, "nobody was told of a task that is not there");

        await host.SettleAsync();

        (await _journey.TasksAsync(entry.Id)).Count.ShouldBeGreaterThan(8);
        (await OwnerAsync($"SELECT count(DISTINCT xmin::text) FROM core.measure_task WHERE entry_id = '{entry.Id}'")).ShouldBe(1L, "one transaction");
    }

    private async Task<object?> OwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
