namespace Credit.Core.Checks.Index;

/// <summary>
/// Lets many read and one write, across awaits. A reader that comes while somebody wants to write waits a moment only and is then turned
/// away: it has the database to ask.
/// </summary>
internal sealed class ReadGate
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    // Readers inside; -1 while it is written.
    private int _inside;
    private int _writing;

    /// <summary>Goes in to read; false when it is, or is about to be, written.</summary>
    public bool TryEnter()
    {
        if (TryOnce())
        {
            return true;
        }

        var spin = default(SpinWait);
        for (var since = Environment.TickCount64; Environment.TickCount64 - since <= Moment.TotalMilliseconds; spin.SpinOnce())
        {
            if (TryOnce())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A reader leaves.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);

    /// <summary>Writes once all readers have left. One writer at a time is the caller's to see to.</summary>
    public async Task WriteAsync(Action write, CancellationToken cancel)
    {
        Volatile.Write(ref _writing, 1);
        try
        {
            while (Interlocked.CompareExchange(ref _inside, -1, 0) != 0)
            {
                await Task.Delay(1, cancel);
            }

            try
            {
                write();
            }
            finally
            {
                Volatile.Write(ref _inside, 0);
            }
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    private bool TryOnce()
    {
        if (Volatile.Read(ref _writing) != 0)
        {
            return false;
        }

        var inside = Volatile.Read(ref _inside);
        return inside >= 0 && Interlocked.CompareExchange(ref _inside, inside + 1, inside) == inside;
    }
}
