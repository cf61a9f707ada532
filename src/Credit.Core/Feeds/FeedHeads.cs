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
internal sealed class FeedHeads(FeedLedger ledger)
{
    private FeedView? _known;

    /// <summary>As last remembered; null when there are none.</summary>
    public async ValueTask<FeedView?> KnownAsync(CancellationToken cancel) => _known ?? await ReadAsync(cancel);

    /// <summary>Read anew.</summary>
    public async Task<FeedView?> ReadAsync(CancellationToken cancel) => _known =
        await ledger.HeadAsync(cancel) is { } latest && await ledger.PublicHeadAsync(cancel) is { } shown
            ? new(latest, shown, await ledger.SinceAsync(cancel))
            : null;
}
