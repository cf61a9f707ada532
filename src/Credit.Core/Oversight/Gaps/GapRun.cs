namespace Credit.Core.Oversight.Gaps;

/// <summary>That the radar looked, and what came of it.</summary>
internal sealed class GapRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Civil day it looked on.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Instant, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The lead office asked for it; false for the daily one.</summary>
    public bool OnDemand { get; init; }

    /// <summary>First day looked at.</summary>
    public DateOnly From { get; init; }

    /// <summary>Gaps found for the first time.</summary>
    public int Found { get; init; }

    /// <summary>Gaps that are there again.</summary>
    public int Reopened { get; init; }

    /// <summary>Gaps that are none, or none any more.</summary>
    public int Closed { get; init; }

    /// <summary>Gaps that took on the day or the identity of a corrected decision. Told and not kept with the run: each is in the log (<c>gap.corrected.v1</c>).</summary>
    public int Corrected { get; init; }

    /// <summary>Gaps neither closed nor older than the first day, after the run.</summary>
    public int Standing { get; init; }
}
