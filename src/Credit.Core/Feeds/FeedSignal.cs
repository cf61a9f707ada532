using Credit.Core.Register;

namespace Credit.Core.Feeds;

/// <summary>The sequencer placed changes: the follower has work.</summary>
internal sealed class FeedSignal : WakeSignal;

/// <summary>Tells everyone who waits that the ledger has a new state. Another host's states are not told: who waits also looks now and then.</summary>
internal sealed class FeedNews
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next state. Taken before looking, so that none is missed in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>There is one.</summary>
    public void Tell() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
