using Credit.Core.Http;
using Microsoft.Extensions.Configuration;

namespace Credit.Core.Register;

/// <summary>
/// How often the clockwork looks for what is due, and when it last did so without fault: a sweeper that died shows in <c>/health/ready</c>
/// (I95).
/// </summary>
internal sealed class ClockworkPulse(TimeProvider clock, TimeSpan sweep) : IReadiness
{
    /// <summary>Setting of the pace, in seconds.</summary>
    public const string Setting = "Clockwork:SweepSeconds";

    /// <summary>A due transition happens within this time while one host is up.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // Ticks of the monotonic clock at the last sound sweep; 0 until the clockwork began, which it does not where it is switched off.
    private long _beat;

    /// <summary>Time between two sweeps.</summary>
    public TimeSpan Sweep => sweep;

    /// <inheritdoc/>
    public string Part => "clockwork";

    /// <summary>False when no sweep ended without fault for two of the longest intervals.</summary>
    public bool Ready => Volatile.Read(ref _beat) is var beat && (beat == 0 || clock.GetElapsedTime(beat) <= Longest * 2);

    /// <summary>The pace that the configuration asks for.</summary>
    /// <exception cref="InvalidOperationException">It is none, or slower than a due transition may wait.</exception>
    public static TimeSpan PaceOf(IConfiguration configuration)
    {
        var seconds = configuration.GetValue(Setting, defaultValue: 20.0);
        return seconds > 0 && seconds <= Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidOperationException($"{Setting} 须大于0且不超过{Longest.TotalSeconds}。 {Setting} is above 0 and at most {Longest.TotalSeconds}.");
    }

    /// <summary>The clockwork began, or a sweep ended without fault.</summary>
    public void Beat() => Volatile.Write(ref _beat, Math.Max(1, clock.GetTimestamp()));
}
