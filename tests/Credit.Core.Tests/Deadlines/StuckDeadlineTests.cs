using Credit.Core.Deadlines;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Core.Tests.Register;
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

        public int Tries { get; set; }
    }

    private sealed class Answers(Behaviour behaviour) : IDeadlineAnswer
    {
        public DeadlineKind Kind => DeadlineKind.ConfirmStop;

        public async Task PassedAsync(Deadline deadline, CancellationToken cancel)
        {
            behaviour.Tries++;
            if (behaviour.Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }

            if (behaviour.Fails)
            {
                throw new InvalidOperationException("sample");
            }
        }
    }
}
