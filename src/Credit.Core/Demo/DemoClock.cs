using Credit.Domain.Policy;

namespace Credit.Core.Demo;

/// <summary>The clock of the district's history: it stands at the opening of the offices until it is set on.</summary>
internal sealed class DemoClock(DateOnly start) : TimeProvider
{
    private DateTimeOffset _now = OpeningOf(start);

    public override DateTimeOffset GetUtcNow() => _now;

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
