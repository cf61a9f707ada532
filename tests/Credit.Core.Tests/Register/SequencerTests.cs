using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Tests.Register;

/// <summary>The one sequence over what many writers commit.</summary>
public sealed class SequencerTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Invariant", "I81")]
    public async Task Positions_have_no_gaps_and_never_move_while_eight_writers_commit_late()
    {
        await using var bench = new RegisterBench(host);
        await using var second = new RegisterBench(host);
        using var writing = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<long, long>();

        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 12; round++)
            {
                await bench.InAsync(async db =>
                {
                    await using var transaction = await db.Database.BeginTransactionAsync();
                    db.Add(RegisterBench.NewSubject($"写入{writer}之{round}"));
                    await db.SaveChangesAsync();
                    await Task.Delay((writer * 7 + round * 3) % 23);
                    await (round % 4 == 3 ? transaction.RollbackAsync() : transaction.CommitAsync());
                    return true;
                });
            }
        })).ToArray();
        var sequencers = new[] { bench, second }.Select(own => Task.Run(async () =>
        {
            while (!writing.IsCancellationRequested)
            {
                await own.Sequencer.RunOnceAsync(CancellationToken.None);
                foreach (var place in await own.InAsync(db => db.RegisterPositions.AsNoTracking().ToListAsync()))
                {
                    seen.GetOrAdd(place.Position, place.EntryId).ShouldBe(place.EntryId, "a position once read never changes");
                }
            }
        })).ToArray();

        await Task.WhenAll(writers);
        await writing.CancelAsync();
        await Task.WhenAll(sequencers);
        await bench.Sequencer.RunOnceAsync(CancellationToken.None);

        var places = await bench.InAsync(db => db.RegisterPositions.AsNoTracking().OrderBy(place => place.Position).ToListAsync());
        places.Select(place => place.Position).ShouldBe(Enumerable.Range(1, places.Count).Select(position => (long)position));
        places.Count.ShouldBe(await bench.InAsync(db => db.RegisterEntries.CountAsync()), "every committed change has a place");
        (await bench.Sequencer.FindBreakAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    [Trait("Invariant", "I81")]
    public async Task A_change_committed_late_comes_later_and_is_not_skipped()
    {
        await using var bench = new RegisterBench(host);
        var late = RegisterBench.NewSubject("后提交");
        var early = RegisterBench.NewSubject("先提交");

        await bench.InAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(late);
            await db.SaveChangesAsync();
            await bench.SaveAsync(other => other.Add(early));
            await bench.Sequencer.RunOnceAsync(CancellationToken.None);
            await transaction.CommitAsync();
            return true;
        });
        await bench.Sequencer.RunOnceAsync(CancellationToken.None);

        var (first, second) = (await PlaceOfAsync(bench, early.Id), await PlaceOfAsync(bench, late.Id));
        first.Position.ShouldBeLessThan(second.Position);
        first.EntryId.ShouldBeGreaterThan(second.EntryId, "it was written later");
    }

    [Theory]
    [Trait("Invariant", "I81")]
    [InlineData("actor = 'nobody'")]
    [InlineData("payload = '{}'")]
    [InlineData("after_hash = '\\x00'")]
    [InlineData("subject_id = NULL")]
    [InlineData("recorded_at = recorded_at + interval '1 microsecond'")]
    public async Task An_altered_entry_breaks_the_chain_at_its_position(string alteration)
    {
        await using var bench = new RegisterBench(host);
        var subject = await bench.RegisterAsync();
        await bench.RegisterAsync();
        await bench.Sequencer.RunOnceAsync(CancellationToken.None);
        var place = await PlaceOfAsync(bench, subject.Id);
        await OwnAsync($"CREATE TABLE kept AS SELECT * FROM core.register_entry WHERE id = {place.EntryId}");

        await OwnAsync($"UPDATE core.register_entry SET {alteration} WHERE id = {place.EntryId}");
        var found = await bench.Sequencer.FindBreakAsync(CancellationToken.None);
        await OwnAsync(
            $"""
            UPDATE core.register_entry e SET actor = k.actor, payload = k.payload, after_hash = k.after_hash, subject_id = k.subject_id, recorded_at = k.recorded_at
            FROM kept k WHERE e.id = k.id;
            DROP TABLE kept;
            """);

        found.ShouldBe(place.Position);
        (await bench.Sequencer.FindBreakAsync(CancellationToken.None)).ShouldBeNull("it is whole again");
    }

    [Fact]
    [Trait("Invariant", "I81")]
    public async Task The_application_cannot_rewrite_the_log()
    {
        await using var bench = new RegisterBench(host);
        await bench.RegisterAsync();

        foreach (var sql in new[] { "UPDATE core.register_entry SET actor = 'nobody'", "DELETE FROM core.register_position" })
        {
            var fault = await Should.ThrowAsync<PostgresException>(() => bench.InAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
            fault.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    [Trait("Invariant", "I81")]
    public async Task The_head_is_shown_for_keeping_elsewhere()
    {
        await using var bench = new RegisterBench(host);
        await bench.RegisterAsync();
        await bench.Sequencer.RunOnceAsync(CancellationToken.None);
        using var client = await host.AsAsync("auditor");

        var head = await client.GetFromJsonAsync<JsonElement>("/api/register/head");

        var last = await bench.InAsync(db => db.RegisterPositions.OrderByDescending(place => place.Position).FirstAsync());
        head.GetProperty("position").GetInt64().ShouldBe(last.Position);
        head.GetProperty("hash").GetString().ShouldBe(Convert.ToHexStringLower(last.Hash));
    }

    private static Task<Core.Register.RegisterPosition> PlaceOfAsync(RegisterBench bench, Guid aggregate) => bench.InAsync(db => (
        from place in db.RegisterPositions.AsNoTracking()
        join entry in db.RegisterEntries on place.EntryId equals entry.Id
        where entry.AggregateId == aggregate
        select place).SingleAsync());

    private async Task OwnAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
