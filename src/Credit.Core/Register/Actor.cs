using System.Threading.Channels;
using Credit.Core.Http;

namespace Credit.Core.Register;

/// <summary>Who causes a change: the caller of the request, or the clockwork (I80).</summary>
internal sealed class Actor(Caller caller)
{
    /// <summary>Name of what runs by itself.</summary>
    public const string System = "system";

    /// <summary>Name of somebody who did not sign in.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Account; <see cref="System"/> for clockwork and reactions, <see cref="Anonymous"/> for a request without a token.</summary>
    public string Account => caller switch
    {
        { User.Length: > 0 } => caller.User,
        { OfRequest: true } => Anonymous,
        _ => System,
    };

    /// <summary>Department of the account; null for the system and the public.</summary>
    public string? Department => caller.Department;
}

/// <summary>Wakes the sequencer and the reactions as soon as something was saved. Losing a signal costs a poll, nothing else.</summary>
internal sealed class RegisterSignal
{
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _woken.Writer.TryWrite(true);

    /// <summary>Waits for a signal, at most this long.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(atMost);
        try
        {
            await _woken.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The poll.
        }
    }
}
