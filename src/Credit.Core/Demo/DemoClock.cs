using Credit.Domain.Policy;

namespace Credit.Core.Demo;

/// <summary>The clock of the district's history: it stands at the opening of the offices until it is set on.</summary>
internal sealed class DemoClock(DateOnly start) : TimeProvider
{
    private DateTimeOffset _now = OpeningOf(start);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>
    /// Elapsed time goes by the month: what looks back over everything every few minutes, as the sequencer does for late
    /// commits, does so once a month of history and not on each of its days.
    /// </summary>
    public override long GetTimestamp() => ((_now.Year * 12) + _now.Month) * TimeSpan.TicksPerHour;

    /// <summary>Sets the clock to a day, never back.</summary>
    public void TurnTo(DateOnly day)
    {
        if (OpeningOf(day) < _now)
        {
            throw new InvalidOperationException("History is told forwards.");
        }

        _now = OpeningOf(day);
    }

    private static DateTimeOffset OpeningOf(DateOnly day) => CivilClock.StartOf(day).AddHours(9);
}
