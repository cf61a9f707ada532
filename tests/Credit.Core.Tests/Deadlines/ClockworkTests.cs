using System.Net;
using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Register;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Host.Startup;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Deadlines;

/// <summary>The clockwork of a running host, over a clock that only the test moves.</summary>
[Trait("Invariant", "I95")]
public sealed class ClockworkTests(ClockworkTests.RunningHost host) : IClassFixture<ClockworkTests.RunningHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_term_that_ends_is_answered_by_the_next_sweep_and_an_objection_nobody_concludes_shows_as_overdue()
    {
        var journey = new TaskJourney(host);
        var red = await journey.Entries.InForceAsync("tax", Proposals.Red(Proposals.Code("K10")).With(("domain", "税收征管"), ("validTo", "2026-11-30")));
        var (entry, _) = await journey.DispatchedAsync("K11");
        // The host's own reactions run beside the test's: whoever has the announcement in hand gives the tasks out.
        await UntilAsync(
            () => journey.ReadAsync(db => db.Deadlines.AnyAsync(deadline => deadline.State == DeadlineState.Open && deadline.Kind == DeadlineKind.TaskFeedback)),
            "the departments got their tasks");
        var objection = await journey.AcceptedObjectionAsync("association", entry.Id);
        var open = await journey.ReadAsync(db => db.Deadlines.AsNoTracking().Where(deadline => deadline.State == DeadlineState.Open).OrderBy(deadline => deadline.DueOn).ToListAsync());
        open.Select(deadline => deadline.Kind).Distinct().ShouldBeSubsetOf(Enum.GetValues<DeadlineKind>());
        open.Select(deadline => deadline.Kind).ShouldContain(DeadlineKind.EntryExpiry);
        open.Select(deadline => deadline.Kind).ShouldContain(DeadlineKind.TaskFeedback);
        open.Select(deadline => deadline.Kind).ShouldContain(DeadlineKind.ConcludeObjection);
        var horizon = open.Where(deadline => deadline.DueOn < new DateOnly(2027, 1, 1)).Select(deadline => deadline.DueOn).Distinct().Order().ToArray();
        horizon.Length.ShouldBeGreaterThan(1);

        List<DateOnly> answered = [];
        foreach (var day in horizon)
        {
            var midnight = CivilClock.StartOf(day.AddDays(1));
            host.Clock.SetUtcNow(midnight.AddSeconds(-1));
            await Task.Delay(TimeSpan.FromSeconds(1));
            if (await StillOpenAsync(journey, day) == 0)
            {
                // What ended in between took these terms with it, for example the tasks of an entry that left.
                continue;
            }

            answered.Add(day);

            // One interval of the real clockwork later, by its own clock; nobody else sweeps.
            host.Clock.SetUtcNow(midnight);
            host.Clock.Advance(Pulse.Sweep);
            await UntilAsync(async () => await StillOpenAsync(journey, day) == 0, $"the terms of {day:yyyy-MM-dd} were not answered");
            (host.Clock.GetUtcNow() - midnight).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
            (await journey.ReadAsync(db => db.Deadlines.Where(deadline => deadline.DueOn == day && deadline.State == DeadlineState.Passed).Select(deadline => deadline.EndedAt!.Value).ToListAsync()))
                .ShouldAllBe(ended => ended - midnight <= TimeSpan.FromSeconds(60));
        }

        answered.Count.ShouldBeGreaterThanOrEqualTo(2);
        (await journey.ReadAsync(db => db.Entries.Where(each => each.Id == red.Id).Select(each => each.State).SingleAsync())).ShouldBe(EntryState.Exited);
        (await journey.ReadAsync(db => db.Inbox.CountAsync(item => item.Kind == InboxKind.DeadlinePassed && db.Deadlines.Any(deadline =>
            deadline.Id == item.AggregateId && deadline.AggregateId == objection && deadline.Kind == DeadlineKind.ConcludeObjection))))
            .ShouldBe(2, "department and lead office see the objection that nobody concluded");
    }

    [Fact]
    public async Task A_sweeper_that_dies_shows_in_the_health_of_the_host_and_is_sound_again_when_mended()
    {
        await UntilAsync(async () => await HealthAsync() is (HttpStatusCode.OK, _), "the host is ready at first");

        (await host.TryAsync("ALTER TABLE core.deadline RENAME TO deadline_gone")).State.ShouldBeNull();
        host.Clock.Advance(ClockworkPulse.Longest * 2 + TimeSpan.FromSeconds(1));
        await UntilAsync(async () => await HealthAsync() is (HttpStatusCode.ServiceUnavailable, var told) && told.Contains("clockwork", StringComparison.Ordinal), "the dead sweeper shows");

        (await host.TryAsync("ALTER TABLE core.deadline_gone RENAME TO deadline")).State.ShouldBeNull();
        await UntilAsync(async () => await HealthAsync() is (HttpStatusCode.OK, _), "it sweeps again by itself");
    }

    [Fact]
    public async Task Reactions_retention_and_the_radar_that_hang_keep_no_deadline_waiting()
    {
        var journey = new TaskJourney(host);
        await using var holder = new NpgsqlConnection(host.ConnectionString);
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE core.reaction_cursor, core.credit_record, core.gap_run, core.progress_term IN ACCESS EXCLUSIVE MODE", holder, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // Long enough for each of them to come upon what is held.
        host.Clock.Advance(Pulse.Sweep);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var today = CivilClock.Day(host.Clock.GetUtcNow());
        var about = Guid.CreateVersion7();
        await journey.ReadAsync(async db =>
        {
            DeadlineBook.OpenOn(db, DeadlineKind.AnnounceExit, about, "tax", today.AddDays(-9), today.AddDays(-1));
            return await db.SaveChangesAsync();
        });
        host.Clock.Advance(Pulse.Sweep);

        await UntilAsync(
            async () => await journey.ReadAsync(db => db.Deadlines.AnyAsync(deadline => deadline.AggregateId == about && deadline.State == DeadlineState.Passed)), "the deadline waits for the others");

        // Other parts of the host may wait for what is held; the clockwork does not.
        await UntilAsync(async () => !(await HealthAsync()).Told.Contains("clockwork", StringComparison.Ordinal), "the clockwork counts as dead");
        await transaction.RollbackAsync();
    }

    [Theory]
    [InlineData("60", true)]
    [InlineData("0.5", true)]
    [InlineData("61", false)]
    [InlineData("0", false)]
    [InlineData("-5", false)]
    public void A_pace_slower_than_a_minute_stops_the_start(string seconds, bool starts)
    {
        var folder = Directory.CreateTempSubdirectory("credit-pace-").FullName;
        try
        {
            var build = () => CreditHost.Build(["--DataDirectory", folder, $"--{ClockworkPulse.Setting}", seconds]);
            if (starts)
            {
                Should.NotThrow(() => ((IDisposable)build()).Dispose());
            }
            else
            {
                Should.Throw<InvalidOperationException>(build).Message.ShouldContain(ClockworkPulse.Setting);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ClockworkPulse Pulse => host.Services.GetRequiredService<ClockworkPulse>();

    private static Task<int> StillOpenAsync(TaskJourney journey, DateOnly day) =>
        journey.ReadAsync(db => db.Deadlines.CountAsync(deadline => deadline.DueOn == day && deadline.State == DeadlineState.Open));

    private async Task<(HttpStatusCode Status, string Told)> HealthAsync()
    {
        using var anyone = host.Anonymous();
        using var answer = await anyone.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse(otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>A host whose clockwork runs.</summary>
    public sealed class RunningHost : HostFixture
    {
        protected override IReadOnlyList<string> Settings => ["--Clockwork:Enabled", "true"];
    }
}
