using Credit.Core.Deadlines;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Tests.Deadlines;

/// <summary>The sweeper and a use case about the same entry.</summary>
public sealed class LockOrderTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Invariant", "I34")]
    public async Task The_sweeper_waits_behind_a_use_case_on_the_subject_and_does_not_hold_its_deadline()
    {
        var journey = new TaskJourney(host);
        var entry = await journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("700"), validTo: "2026-11-25"));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync($"SELECT 1 FROM core.subject WHERE id = '{entry.SubjectId}' FOR UPDATE");

        var sweep = host.SweepAsync();
        while (await host.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
        {
            sweep.IsCompleted.ShouldBeFalse("it has to wait for the subject");
            await Task.Delay(20);
        }

        // Would wait for the sweeper, and the sweeper for us, if it held the deadline already.
        await RunAsync($"SET LOCAL lock_timeout = '5s'; UPDATE core.deadline SET state = 'Met' WHERE aggregate_id = '{entry.Id}' AND kind = 'EntryExpiry'");
        await transaction.CommitAsync();

        await sweep;
        (await journey.ReadAsync(db => db.Deadlines.SingleAsync(each => each.AggregateId == entry.Id && each.Kind == DeadlineKind.EntryExpiry))).State.ShouldBe(DeadlineState.Met);
        (await journey.ReadAsync(db => db.Entries.SingleAsync(each => each.Id == entry.Id))).State.ShouldBe(EntryState.Active, "what was met meanwhile is not answered");

        async Task RunAsync(string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync();
        }
    }
}
