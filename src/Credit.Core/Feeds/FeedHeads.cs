namespace Credit.Core.Feeds;

/// <summary>The newest states of the ledger.</summary>
/// <param name="Latest">The newest.</param>
/// <param name="Public">The newest that differs for the public.</param>
/// <param name="Since">Sets in it, with the position from which on their versions are complete.</param>
/// <param name="Shapes">Hash of the form that the rows of each set are written in.</param>
internal sealed record FeedView(FeedPass Latest, FeedPass Public, IReadOnlyDictionary<string, long> Since, IReadOnlyDictionary<string, byte[]> Shapes)
{
    /// <summary>True when the set is in the ledger in this form: that of another release has other columns.</summary>
    public bool Has(string set, byte[] shape) => Shapes.TryGetValue(set, out var known) && known.AsSpan().SequenceEqual(shape);
}

/// <summary>
/// Remembers the newest states of the ledger, so that a list costs no question more. Whoever relies on one holds its marks against those of what was
/// read: while they are equal the memory is not old, whichever host wrote last.
/// </summary>
internal sealed class FeedHeads(FeedLedger ledger, TimeProvider clock)
{
    // How often those who only hope for a newer state look after it, and how long it is believed that nobody keeps a ledger.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private FeedView? _known;
    private string? _seen;
    private long _absent;
    private long _looked;

    /// <summary>As last remembered; null when there are none. Where nobody keeps a ledger, lists do not ask for it each time.</summary>
    public async ValueTask<FeedView?> KnownAsync(CancellationToken cancel) =>
        _known ?? (Volatile.Read(ref _absent) is not 0 and var since && clock.GetElapsedTime(since) < Patience ? null : await ReadAsync(cancel));

    /// <summary>There is a newer state.</summary>
    public void Forget() => (_known, _seen, _absent, _looked) = (null, null, 0, 0);

    /// <summary>Tells which marks somebody read just now.</summary>
    public void Saw(string marks) => _seen = marks;

    /// <summary>The newest states where the register, as far as anybody saw, is still as it was then; null where it is not. It costs a look once in a while only.</summary>
    public async ValueTask<FeedView?> CurrentAsync(CancellationToken cancel)
    {
        if (await KnownAsync(cancel) is not { } known)
        {
            return null;
        }

        if (_seen is not { } seen || seen == known.Latest.Marks)
        {
            return known;
        }

        var (before, now) = (Volatile.Read(ref _looked), clock.GetTimestamp());
        if ((before != 0 && clock.GetElapsedTime(before, now) < Patience) || Interlocked.CompareExchange(ref _looked, now, before) != before)
        {
            return null;
        }

        // What is read now is hoped to be as new as what will be read of the register.
        _seen = null;
        return await ReadAsync(cancel);
    }

    /// <summary>Read anew.</summary>
    public async Task<FeedView?> ReadAsync(CancellationToken cancel)
    {
        var view = await ledger.HeadAsync(cancel) is { } latest && await ledger.PublicHeadAsync(cancel) is { } shown
            ? new FeedView(latest, shown, await ledger.SinceAsync(cancel), await ledger.ShapesAsync(cancel))
            : null;
        Volatile.Write(ref _absent, view is null ? clock.GetTimestamp() : 0);
        return _known = view;
    }
}
