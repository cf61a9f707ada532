using Credit.Core.Register;

namespace Credit.Core.Feeds;

/// <summary>The sequencer placed changes: the follower has work.</summary>
internal sealed class FeedSignal : WakeSignal;

/// <summary>
/// Tells that this host wrote in the ledger: a new state, which many wait for, or new marks of the same one. What was read before is old from then on, and this
/// is the one way to say so. What another host writes is not told: who waits also looks now and then.
/// </summary>
internal sealed class FeedNews
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when something is written. Taken before looking, so that nothing is missed in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>It was written, and committed.</summary>
    public void Tell() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
