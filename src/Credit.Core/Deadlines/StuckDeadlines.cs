using System.Collections.Concurrent;
using Credit.Core.Http;

namespace Credit.Core.Deadlines;

/// <summary>
/// Deadlines whose answer failed on this host, and until when each is left alone: nothing after the first failure, then half a minute, doubled
/// with each further one up to ten minutes. A host that starts again begins anew.
/// </summary>
internal sealed class StuckDeadlines(TimeProvider clock) : IReadiness
{
    /// <summary>Failures after which the lead office is told and the health of the host says so.</summary>
    public const int Alarming = 3;

    /// <summary>Longest that a failed answer waits for its next try.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (int Failures, long Since, TimeSpan Wait)> _failed = new();

    /// <inheritdoc/>
    public string Part => "deadlines";

    /// <summary>One deadline that is stuck keeps no request from being answered.</summary>
    public bool Ready => true;

    /// <inheritdoc/>
    public bool Troubled => _failed.Values.Any(each => each.Failures >= Alarming);

    /// <summary>Those not to be tried yet.</summary>
    public IEnumerable<Guid> Waiting => _failed.Where(each => clock.GetElapsedTime(each.Value.Since) < each.Value.Wait).Select(each => each.Key);

    /// <summary>The answer failed. True when it has failed often enough to be told.</summary>
    public bool Failed(Guid deadline)
    {
        var now = clock.GetTimestamp();
        return _failed.AddOrUpdate(deadline, (1, now, TimeSpan.Zero), (_, before) => (before.Failures + 1, now, WaitAfter(before.Failures + 1))).Failures >= Alarming;
    }

    /// <summary>Those that failed and were not answered since.</summary>
    public IReadOnlyCollection<Guid> Known => [.. _failed.Keys];

    /// <summary>It was answered, here or on another host, met or moved.</summary>
    public void Answered(Guid deadline) => _failed.TryRemove(deadline, out _);

    private static TimeSpan WaitAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, ShortestWait.Ticks << Math.Min(failures - 2, 20)));
}
