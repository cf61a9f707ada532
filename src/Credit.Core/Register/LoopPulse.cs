using Credit.Core.Http;

namespace Credit.Core.Register;

/// <summary>
/// When one loop of the clockwork last went round without fault. Requests are answered whatever becomes of it, so a silent loop is shown to
/// people in <c>troubled</c> and takes no host from the load balancer.
/// </summary>
/// <param name="part">Name shown.</param>
/// <param name="limit">Longest between two sound rounds.</param>
/// <param name="clock">Clock of the host.</param>
internal sealed class LoopPulse(string part, TimeSpan limit, TimeProvider clock) : IReadiness
{
    // Ticks of the monotonic clock at the last sound round; 0 until the loop began.
    private long _beat;

    /// <inheritdoc/>
    public string Part => part;

    /// <inheritdoc/>
    public bool Ready => true;

    /// <inheritdoc/>
    public bool Troubled => Volatile.Read(ref _beat) is not 0 and var beat && clock.GetElapsedTime(beat) > limit;

    /// <summary>The loop began, or went round without fault.</summary>
    public void Beat() => Volatile.Write(ref _beat, Math.Max(1, clock.GetTimestamp()));
}

/// <summary>The loops beside that of the deadlines, which <see cref="ClockworkPulse"/> watches.</summary>
internal sealed class LoopPulses(TimeProvider clock)
{
    // What others wait for within seconds, and what has a day's time.
    private static readonly TimeSpan Prompt = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Daily = TimeSpan.FromHours(1);

    /// <summary>Order of the log.</summary>
    public LoopPulse Sequencer { get; } = new("sequencer", Prompt, clock);

    /// <summary>Log of what is public.</summary>
    public LoopPulse Publication { get; } = new("publication-log", Prompt, clock);

    /// <summary>What follows from changes.</summary>
    public LoopPulse Reactions { get; } = new("reactions", Prompt, clock);

    /// <summary>Reporting periods.</summary>
    public LoopPulse Periods { get; } = new("reporting-periods", Daily, clock);

    /// <summary>Retention.</summary>
    public LoopPulse Retention { get; } = new("retention", Daily, clock);

    /// <summary>Gap radar.</summary>
    public LoopPulse Radar { get; } = new("gap-radar", Daily, clock);

    /// <summary>All of them.</summary>
    public IReadOnlyList<LoopPulse> All => [Sequencer, Publication, Reactions, Periods, Retention, Radar];
}
