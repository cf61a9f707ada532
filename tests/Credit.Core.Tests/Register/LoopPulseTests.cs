using Credit.Core.Register;
using Microsoft.Extensions.Time.Testing;

namespace Credit.Core.Tests.Register;

/// <summary>Every loop of the clockwork is watched by itself: one that beats says nothing for another that does not.</summary>
[Trait("Invariant", "I95")]
public sealed class LoopPulseTests
{
    [Fact]
    public void A_loop_that_fell_silent_is_shown_and_the_host_stays_ready_and_one_that_never_began_is_not_missed()
    {
        var clock = new FakeTimeProvider();
        var loops = new LoopPulses(clock);
        clock.Advance(TimeSpan.FromDays(1));
        loops.All.ShouldAllBe(loop => !loop.Troubled, "the clockwork is switched off here");

        foreach (var loop in loops.All)
        {
            loop.Beat();
        }

        clock.Advance(TimeSpan.FromMinutes(6));
        loops.Sequencer.Beat();
        loops.All.Where(loop => loop.Troubled).Select(loop => loop.Part).ShouldBe(["publication-log", "reactions"]);
        clock.Advance(TimeSpan.FromHours(1));
        loops.All.ShouldAllBe(loop => loop.Troubled && loop.Ready);
        loops.Retention.Beat();
        loops.Retention.Troubled.ShouldBeFalse();
    }
}
