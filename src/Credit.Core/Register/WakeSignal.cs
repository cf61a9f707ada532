using System.Threading.Channels;

namespace Credit.Core.Register;

/// <summary>Wakes what works in the background as soon as there is something to do. Losing a signal costs a poll, nothing else.</summary>
internal abstract class WakeSignal
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

/// <summary>Something was saved: the sequencer has work.</summary>
internal sealed class RegisterSignal : WakeSignal;

/// <summary>Something has its place in the log: the reactions have work.</summary>
internal sealed class ReactionSignal : WakeSignal;

/// <summary>Something has its place in the log: the log of what is public has work.</summary>
internal sealed class PublicationSignal : WakeSignal;
