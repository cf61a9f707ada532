namespace Credit.Core.Feeds;

/// <summary>The newest states of the ledger.</summary>
/// <param name="Latest">The newest.</param>
/// <param name="Public">The newest that differs for the public.</param>
/// <param name="Since">Sets in it, with the position from which on their versions are complete.</param>
internal sealed record FeedView(FeedPass Latest, FeedPass Public, IReadOnlyDictionary<string, long> Since);

/// <summary>
/// Remembers the newest states of the ledger, so that a list costs no question more. Whoever relies on one holds its marks against those of what was
/// read: while they are equal the memory is not old, whichever host wrote last.
/// </summary>
internal sealed class FeedHeads(FeedLedger ledger, TimeProvider clock)
{
    // How often a memory that is old, or empty, is looked after by those who only hope for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private FeedView? _known;
    private string? _seen;
    private long _looked;

    /// <summary>As last remembered; null when there are none. Where nobody keeps a ledger, lists do not ask for it each time.</summary>
    public async ValueTask<FeedView?> KnownAsync(CancellationToken cancel) => _known ?? (IsTime() ? await ReadAsync(cancel) : null);

    /// <summary>There is a newer state.</summary>
    public void Forget() => (_known, _seen, _looked) = (null, null, 0);

    /// <summary>Tells which marks somebody read just now.</summary>
    public void Saw(string marks) => _seen = marks;

    /// <summary>The newest states where the register, as far as anybody saw, is still as it was then; null where it is not. It costs a look once in a while only.</summary>
    public async ValueTask<FeedView?> CurrentAsync(CancellationToken cancel)
    {
        if ((_known is null || (_seen is { } seen && seen != _known.Latest.Marks)) && IsTime())
        {
            // What is read now is hoped to be as new as what will be read of the register.
            await ReadAsync(cancel);
            _seen = null;
        }

        return _known is { } known && (_seen is null || _seen == known.Latest.Marks) ? known : null;
    }

    /// <summary>Read anew.</summary>
    public async Task<FeedView?> ReadAsync(CancellationToken cancel) => _known =
        await ledger.HeadAsync(cancel) is { } latest && await ledger.PublicHeadAsync(cancel) is { } shown
            ? new(latest, shown, await ledger.SinceAsync(cancel))
            : null;

    private bool IsTime()
    {
        var (before, now) = (Volatile.Read(ref _looked), clock.GetTimestamp());
        return (before == 0 || clock.GetElapsedTime(before, now) >= Patience) && Interlocked.CompareExchange(ref _looked, now, before) == before;
    }
}
