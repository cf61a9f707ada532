namespace Credit.Core.Containment;

/// <summary>How a module at work behaves since the host started.</summary>
/// <param name="Degraded">True when some part failed often and rests, or a call hangs.</param>
/// <param name="Breaker">The worst state of its breakers: <c>Closed</c>, <c>HalfOpen</c> or <c>Open</c>.</param>
/// <param name="SuspendedParts">Feedback kinds, sets, criteria, reactions and endpoints that are suspended.</param>
/// <param name="Calls">Calls let in.</param>
/// <param name="Failures">Calls that threw or took more than they may.</param>
/// <param name="Timeouts">Calls not done in time.</param>
/// <param name="Refused">Calls not let in, because it was busy or suspended.</param>
/// <param name="Overdue">Calls past their time that still run.</param>
/// <param name="MostBytes">Most bytes one check allocated.</param>
/// <param name="LastFailure">Kind of the last failure, without data.</param>
/// <param name="LastFailurePart">Part it happened in.</param>
/// <param name="LastFailureAt">Instant of the last failure, UTC.</param>
internal sealed record ModuleBehaviour(
    bool Degraded, string Breaker, IReadOnlyList<string> SuspendedParts, long Calls, long Failures, long Timeouts, long Refused, int Overdue, long MostBytes,
    string? LastFailure, string? LastFailurePart, DateTimeOffset? LastFailureAt)
{
    /// <summary>What its containment counted.</summary>
    public static ModuleBehaviour Of(ModuleHealth health)
    {
        var (suspended, last) = (health.SuspendedParts, health.Last);
        return new(
            suspended.Count > 0 || health.Overdue > 0, health.Breaker.ToString(), suspended,
            health.Calls, health.Failures, health.Timeouts, health.Refused, health.Overdue, health.MostBytes, last?.Kind, last?.Part, last?.At);
    }
}
