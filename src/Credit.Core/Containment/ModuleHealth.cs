using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;

namespace Credit.Core.Containment;

/// <summary>The meter of modules: calls by outcome and their duration, tagged with module and part.</summary>
internal sealed class ModuleMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Credit.Modules";

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    public ModuleMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _calls = meter.CreateCounter<long>("credit.module.calls", "{call}", "Calls of modules, by outcome");
        _duration = meter.CreateHistogram<double>("credit.module.duration", "s", "Duration of calls of modules");
    }

    /// <summary>Counts a call.</summary>
    public void Count(string module, string part, string outcome, double seconds)
    {
        var tags = new TagList { { "module", module }, { "part", part }, { "outcome", outcome } };
        _calls.Add(1, tags);
        _duration.Record(seconds, tags);
    }
}

/// <summary>What the host knows of how a module behaves since the start.</summary>
internal sealed class ModuleHealth
{
    private readonly ConcurrentDictionary<string, CircuitBreakerStateProvider> _breakers = new(StringComparer.Ordinal);
    private readonly Lock _guard = new();
    private long _calls;
    private long _failures;
    private long _timeouts;
    private long _refused;
    private int _overdue;
    private long _mostBytes;

    /// <summary>Calls that were let in.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls that threw or took more than they may.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Calls that were not done in time.</summary>
    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Calls not let in, because the module was busy or suspended.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Calls past their time that still run and hold a place.</summary>
    public int Overdue => Volatile.Read(ref _overdue);

    /// <summary>Most bytes one call allocated.</summary>
    public long MostBytes => Interlocked.Read(ref _mostBytes);

    /// <summary>Kind and part of the last failure; null when there was none.</summary>
    public (string Kind, string Part, DateTimeOffset At)? Last { get; private set; }

    /// <summary>Parts that are suspended or on probation.</summary>
    public IReadOnlyList<string> SuspendedParts => [.. _breakers.Where(pair => pair.Value.CircuitState != CircuitState.Closed).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>The worst state of its breakers.</summary>
    public CircuitState Breaker => _breakers.Values.Select(breaker => breaker.CircuitState).DefaultIfEmpty(CircuitState.Closed)
        .MaxBy(state => state switch { CircuitState.Open or CircuitState.Isolated => 2, CircuitState.HalfOpen => 1, _ => 0 });

    /// <summary>Watches the breaker of a part.</summary>
    public void Watch(string part, CircuitBreakerStateProvider breaker) => _breakers[part] = breaker;

    /// <summary>A call was let in.</summary>
    public void Called() => Interlocked.Increment(ref _calls);

    /// <summary>A call allocated this much.</summary>
    public void Weighed(long bytes)
    {
        for (var most = MostBytes; bytes > most; most = MostBytes)
        {
            Interlocked.CompareExchange(ref _mostBytes, bytes, most);
        }
    }

    /// <summary>A call was not let in.</summary>
    public void Turned() => Interlocked.Increment(ref _refused);

    /// <summary>A call failed or was late.</summary>
    public void Failed(string part, string kind, bool late, DateTimeOffset at)
    {
        Interlocked.Increment(ref late ? ref _timeouts : ref _failures);
        lock (_guard)
        {
            Last = (kind, part, at);
        }
    }

    /// <summary>A late call still runs (1), or ended after all (-1).</summary>
    public void Overstayed(int change) => Interlocked.Add(ref _overdue, change);
}
