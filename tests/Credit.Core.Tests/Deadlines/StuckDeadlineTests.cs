using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Core.Tests.Register;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Credit.Core.Tests.Deadlines;

/// <summary>A deadline whose answer fails or hangs keeps no other waiting, waits longer each time, and is shown to somebody.</summary>
[Trait("Invariant", "I95")]
public sealed class StuckDeadlineTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly DateOnly Due = new(2027, 3, 31);

    private readonly FakeTimeProvider _clock = new(CivilClock.StartOf(Due.AddDays(1)));
    private readonly Behaviour _behaviour = new();

    [Fact]
    public async Task What_hangs_in_one_lane_is_passed_by_in_another_and_given_up_in_the_end()
    {
        await using var bench = Bench();
        var hanging = await OpenAsync(bench, DeadlineKind.ConfirmStop, Due.AddDays(-3));
        var sound = await OpenAsync(bench, DeadlineKind.AnnounceExit, Due);
        _behaviour.Hangs = true;
        using var stop = new CancellationTokenSource();
        var (sweeper, answered) = (bench.Sweeper, new TaskCompletionSource());
        sweeper.LongestAnswer = TimeSpan.FromMinutes(5);

        var sweep = sweeper.RunOnceAsync(stop.Token, lanes: 2, answered.SetResult);
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await StateAsync(bench, sound), await StateAsync(bench, hanging), sweep.IsCompleted).ShouldBe((DeadlineState.Passed, DeadlineState.Open, false));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sweep);

        sweeper.LongestAnswer = TimeSpan.FromMilliseconds(200);
        (await sweeper.RunOnceAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, "it was given up");
        _behaviour.Hangs = false;
        (await sweeper.RunOnceAsync(CancellationToken.None), await StateAsync(bench, hanging)).ShouldBe((1, DeadlineState.Passed));
    }

    [Fact]
    public async Task What_fails_again_and_again_is_tried_less_often_told_once_and_done_with_when_it_is_answered()
    {
        await using var bench = Bench();
        var failing = await OpenAsync(bench, DeadlineKind.ConfirmStop, Due.AddDays(-3));
        _behaviour.Fails = true;

        // At once, at once, after half a minute; then the lead office is told, and again after a minute, and after two.
        foreach (var (wait, tries) in new[] { (0, 1), (0, 2), (29, 2), (1, 3), (59, 3), (1, 4), (119, 4), (1, 5) })
        {
            _clock.Advance(TimeSpan.FromSeconds(wait));
            await bench.Sweeper.RunOnceAsync(CancellationToken.None);
            (tries, _behaviour.Tries).ShouldBe((tries, tries));
            bench.Stuck.Troubled.ShouldBe(tries >= 3);
            (await ToldAsync(bench, failing)).Count.ShouldBe(tries >= 3 ? 1 : 0);
        }

        var told = (await ToldAsync(bench, failing)).Single();
        (told.Department, told.DoneAt).ShouldBe(("development-reform", null));

        // However often: ten minutes at most.
        for (var more = 0; more < 10; more++)
        {
            _clock.Advance(StuckDeadlines.LongestWait);
            await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        }

        _behaviour.Tries.ShouldBe(15);
        _behaviour.Fails = false;
        _clock.Advance(StuckDeadlines.LongestWait);
        (await bench.Sweeper.RunOnceAsync(CancellationToken.None), await StateAsync(bench, failing)).ShouldBe((1, DeadlineState.Passed));
        bench.Stuck.Troubled.ShouldBeFalse();
        (await ToldAsync(bench, failing)).Single().DoneAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_ended_elsewhere_is_stuck_no_longer_its_item_is_closed_and_one_done_with_too_early_is_told_again()
    {
        await using var bench = Bench();
        var failing = await OpenAsync(bench, DeadlineKind.ConfirmStop, Due.AddDays(-3));
        _behaviour.Fails = true;
        await FailAsync(bench, 3);
        bench.Stuck.Troubled.ShouldBeTrue();
        await bench.InAsync(async db =>
        {
            (await db.Inbox.SingleAsync(item => item.AggregateId == failing && item.Kind == InboxKind.DeadlineStuck)).Complete("lead", "已阅", _clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await FailAsync(bench, 1);
        (await ToldAsync(bench, failing)).Single().DoneAt.ShouldBeNull("it fails still");

        // Met by a use case, or answered by another host.
        await bench.InAsync(db => db.Deadlines.Where(each => each.Id == failing).ExecuteUpdateAsync(set => set.SetProperty(each => each.State, DeadlineState.Met)));
        await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        bench.Stuck.Troubled.ShouldBeFalse();
        (await ToldAsync(bench, failing)).Single().DoneAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_answer_that_heeds_nothing_is_left_behind_with_its_connection_and_undone()
    {
        await using var bench = Bench();
        var deaf = await OpenAsync(bench, DeadlineKind.ConfirmStop, Due.AddDays(-3));
        var sound = await OpenAsync(bench, DeadlineKind.AnnounceExit, Due);
        var (sweeper, wake) = (bench.Sweeper, new TaskCompletionSource());
        (sweeper.LongestAnswer, _behaviour.Deaf) = (TimeSpan.FromMilliseconds(500), wake.Task);

        (await sweeper.RunOnceAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(1);
        (await StateAsync(bench, sound), await StateAsync(bench, deaf)).ShouldBe((DeadlineState.Passed, DeadlineState.Open));
        (await bench.InAsync(db => db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM core.deadline WHERE id = {deaf} FOR UPDATE SKIP LOCKED").ToListAsync()))
            .ShouldBe([deaf], "nobody holds it any more");

        // When it wakes it writes nothing, neither inside the transaction that is gone nor outside of any.
        wake.SetResult();
        await _behaviour.Woken.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        (await StateAsync(bench, deaf)).ShouldBe(DeadlineState.Open);
        (await bench.InAsync(db => db.Inbox.CountAsync(item => item.AggregateId == deaf))).ShouldBe(0);
        _behaviour.Deaf = null;
        (await sweeper.RunOnceAsync(CancellationToken.None), await StateAsync(bench, deaf)).ShouldBe((1, DeadlineState.Passed));
    }

    [Fact]
    public async Task A_subject_that_somebody_holds_costs_one_short_try_a_sweep_however_many_terms_it_has_and_all_others_are_answered()
    {
        await using var bench = Bench();
        var subject = await bench.RegisterAsync();
        await bench.SaveAsync(db =>
        {
            for (var number = 0; number < 12; number++)
            {
                var notice = Notice.Issue(subject.Id, NoticeKind.Answer, Guid.CreateVersion7(), "tax", "答复", "已收悉。", Due, null, Clause.R("3.4.6.a"));
                db.Add(notice);
                DeadlineBook.OpenOn(db, DeadlineKind.ConfirmStop, notice.Id, "tax", Due.AddDays(-10), Due.AddDays(-5));
            }
        });
        var sound = await OpenAsync(bench, DeadlineKind.AnnounceExit, Due);
        var tried = 0;
        await bench.InAsync(async db =>
        {
            await using var held = await db.LockSubjectAsync(subject.Id, CancellationToken.None);
            var began = System.Diagnostics.Stopwatch.StartNew();
            (await bench.Sweeper.RunOnceAsync(CancellationToken.None, lanes: 4, () => Interlocked.Increment(ref tried))).ShouldBe(1);
            began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            return 0;
        });
        (await StateAsync(bench, sound), tried, _behaviour.Tries).ShouldBe((DeadlineState.Passed, 2, 0));
        (await bench.Sweeper.RunOnceAsync(CancellationToken.None, lanes: 4)).ShouldBe(12, "it was let go of");
    }

    private async Task FailAsync(RegisterBench bench, int times)
    {
        for (var time = 0; time < times; time++)
        {
            _clock.Advance(StuckDeadlines.LongestWait);
            await bench.Sweeper.RunOnceAsync(CancellationToken.None);
        }
    }

    private RegisterBench Bench() => new(host, _clock, services => services.AddSingleton(_behaviour).AddScoped<IDeadlineAnswer, Answers>());

    private static async Task<Guid> OpenAsync(RegisterBench bench, DeadlineKind kind, DateOnly due)
    {
        Deadline? opened = null;
        await bench.SaveAsync(db => opened = DeadlineBook.OpenOn(db, kind, Guid.CreateVersion7(), "tax", Due.AddDays(-10), due));
        return opened!.Id;
    }

    private static Task<DeadlineState> StateAsync(RegisterBench bench, Guid id) =>
        bench.InAsync(db => db.Deadlines.AsNoTracking().Where(each => each.Id == id).Select(each => each.State).SingleAsync());

    private static Task<List<InboxItem>> ToldAsync(RegisterBench bench, Guid deadline) =>
        bench.InAsync(db => db.Inbox.AsNoTracking().Where(item => item.AggregateId == deadline && item.Kind == InboxKind.DeadlineStuck).ToListAsync());

    private sealed class Behaviour
    {
        public bool Fails { get; set; }

        public bool Hangs { get; set; }

        /// <summary>What an answer waits for that heeds no cancellation.</summary>
        public Task? Deaf { get; set; }

        public TaskCompletionSource Woken { get; } = new();

        public int Tries { get; set; }
    }

    private sealed class Answers(Behaviour behaviour, CreditDbContext db) : IDeadlineAnswer
    {
        public DeadlineKind Kind => DeadlineKind.ConfirmStop;

        public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
        {
            behaviour.Tries++;
            if (behaviour.Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }

            if (behaviour.Deaf is { } deaf)
            {
                await deaf;
                try
                {
                    db.Add(new InboxItem { Department = "tax", Kind = InboxKind.DeadlinePassed, AggregateId = deadline.Id, Text = "醒来", CreatedOn = deadline.DueOn });
                    await db.SaveChangesAsync(CancellationToken.None);
                }
                finally
                {
                    behaviour.Woken.TrySetResult();
                }
            }

            if (behaviour.Fails)
            {
                throw new InvalidOperationException("sample");
            }
        }
    }
}
