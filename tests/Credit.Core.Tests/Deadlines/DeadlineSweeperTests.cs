using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Core.Tests.Register;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Deadlines;

/// <summary>What follows from a passed deadline, when, and how often.</summary>
public sealed class DeadlineSweeperTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly DateOnly Due = new(2027, 3, 31);

    [Theory]
    [Trait("Invariant", "I35")]
    [Trait("Invariant", "I36")]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/New_York")]
    [InlineData("Pacific/Kiritimati")]
    public async Task Nothing_happens_before_midnight_in_Shanghai_of_the_next_day_whatever_the_session_zone(string zone)
    {
        var clock = new SetClock(CivilClock.StartOf(Due.AddDays(1)).AddMilliseconds(-1));
        await using var bench = new RegisterBench(host, clock, options: $";Timezone={zone}");
        var deadline = await OpenAsync(bench, DeadlineKind.AnnounceExit);

        await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        (await ReadAsync(bench, deadline)).State.ShouldBe(DeadlineState.Open);

        clock.Now = CivilClock.StartOf(Due.AddDays(1));
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        var passed = await ReadAsync(bench, deadline);
        passed.State.ShouldBe(DeadlineState.Passed);
        passed.EndedAt.ShouldBe(clock.Now);
    }

    [Fact]
    [Trait("Invariant", "I34")]
    public async Task Twenty_sweepers_at_once_yield_one_effect()
    {
        var clock = new SetClock(CivilClock.StartOf(Due.AddDays(1)));
        await using var bench = new RegisterBench(host, clock);
        List<Guid> deadlines = [];
        for (var i = 0; i < 5; i++)
        {
            deadlines.Add(await OpenAsync(bench, DeadlineKind.AnnounceExit));
        }

        var swept = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => bench.Sweeper.RunOnceAsync(CancellationToken.None))));

        swept.Sum().ShouldBe(5);
        var told = await ToldAsync(bench, deadlines);
        told.Count.ShouldBe(10, "department and lead office, once each per deadline");
        told.Select(item => item.Department).Distinct().Order().ShouldBe(["development-reform", "tax"]);
    }

    [Fact]
    [Trait("Invariant", "I34")]
    public async Task An_answer_that_fails_leaves_its_deadline_open_and_holds_no_other_up()
    {
        var clock = new SetClock(CivilClock.StartOf(Due.AddDays(1)));
        var broken = new Switch();
        await using var bench = new RegisterBench(host, clock, services =>
        {
            services.AddSingleton(broken);
            services.AddScoped<IDeadlineAnswer, Breaks>();
        });
        var failing = await OpenAsync(bench, DeadlineKind.ConfirmStop, Due.AddDays(-3));
        var sound = await OpenAsync(bench, DeadlineKind.AnnounceExit);

        await bench.Sweeper.RunOnceAsync(CancellationToken.None);

        (await ReadAsync(bench, failing)).State.ShouldBe(DeadlineState.Open);
        (await ReadAsync(bench, sound)).State.ShouldBe(DeadlineState.Passed);
        (await ToldAsync(bench, [failing])).ShouldBeEmpty("what the failed answer did is undone");

        broken.On = false;
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        (await ReadAsync(bench, failing)).State.ShouldBe(DeadlineState.Passed);
        (await ToldAsync(bench, [failing])).Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Invariant", "I37")]
    public async Task A_clock_set_back_repeats_nothing()
    {
        var clock = new SetClock(CivilClock.StartOf(Due.AddDays(1)));
        await using var bench = new RegisterBench(host, clock);
        var deadline = await OpenAsync(bench, DeadlineKind.AnnounceExit);
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        var first = await ReadAsync(bench, deadline);

        clock.Now = CivilClock.StartOf(Due.AddDays(-40));
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        clock.Now = CivilClock.StartOf(Due.AddDays(5));
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);

        var last = await ReadAsync(bench, deadline);
        (last.State, last.EndedAt).ShouldBe((DeadlineState.Passed, first.EndedAt));
        (await ToldAsync(bench, [deadline])).Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Invariant", "I34")]
    public async Task A_deadline_met_in_time_never_passes()
    {
        var clock = new SetClock(CivilClock.StartOf(Due));
        await using var bench = new RegisterBench(host, clock);
        var about = Guid.CreateVersion7();
        await bench.InAsync(async db =>
        {
            DeadlineBook.OpenOn(db, DeadlineKind.AnnounceExit, about, "tax", Due.AddDays(-7), Due);
            await db.SaveChangesAsync();
            await DeadlineBook.MeetAsync(db, DeadlineKind.AnnounceExit, about, clock, CancellationToken.None);
            return await db.SaveChangesAsync();
        });

        clock.Now = CivilClock.StartOf(Due.AddDays(10));
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);

        var deadline = await bench.InAsync(db => db.Deadlines.AsNoTracking().SingleAsync(each => each.AggregateId == about));
        deadline.State.ShouldBe(DeadlineState.Met);
        (await ToldAsync(bench, [deadline.Id])).ShouldBeEmpty();
    }

    private static async Task<Guid> OpenAsync(RegisterBench bench, DeadlineKind kind, DateOnly? due = null)
    {
        Deadline? opened = null;
        await bench.SaveAsync(db => opened = DeadlineBook.OpenOn(db, kind, Guid.CreateVersion7(), "tax", Due.AddDays(-10), due ?? Due));
        return opened!.Id;
    }

    private static Task<Deadline> ReadAsync(RegisterBench bench, Guid id) => bench.InAsync(db => db.Deadlines.AsNoTracking().SingleAsync(each => each.Id == id));

    private static Task<List<InboxItem>> ToldAsync(RegisterBench bench, IReadOnlyCollection<Guid> deadlines) =>
        bench.InAsync(db => db.Inbox.AsNoTracking().Where(item => deadlines.Contains(item.AggregateId)).ToListAsync());

    /// <summary>A clock that can be set back, which the usual test clock refuses.</summary>
    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Switch
    {
        public bool On { get; set; } = true;
    }

    private sealed class Breaks(CreditDbContext db, Switch broken) : IDeadlineAnswer
    {
        public DeadlineKind Kind => DeadlineKind.ConfirmStop;

        public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
        {
            db.Add(new InboxItem
            {
                Department = "tax",
                Kind = InboxKind.DeadlinePassed,
                AggregateId = deadline.Id,
                Text = "停止措施未确认",
                CreatedOn = Due,
            });
            await db.SaveChangesAsync(cancel);
            if (broken.On)
            {
                throw new InvalidOperationException("broken");
            }
        }
    }
}
