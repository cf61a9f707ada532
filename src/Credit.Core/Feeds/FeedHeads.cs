using System.Diagnostics;

namespace Credit.Core.Feeds;

/// <summary>Since when a set is in the ledger: its versions are complete from there on.</summary>
/// <param name="Position">Position of the log.</param>
/// <param name="Number">Number of the state as the public is told it.</param>
/// <param name="Shape">In which form, and by which release.</param>
internal sealed record FeedSince(long Position, long Number, FeedShape Shape)
{
    /// <summary>Where its versions begin, as a surface is told it.</summary>
    public long PlaceOn(bool isPublic) => isPublic ? Number : Position;
}

/// <summary>The newest states of the ledger.</summary>
/// <param name="Latest">The newest.</param>
/// <param name="Public">The newest that differs for the public.</param>
/// <param name="Since">Sets in it, with the place from which on their versions are complete.</param>
internal sealed record FeedView(FeedPass Latest, FeedPass Public, IReadOnlyDictionary<string, FeedSince> Since)
{
    /// <summary>The newest state of a surface.</summary>
    public FeedPass HeadOf(bool isPublic) => isPublic ? Public : Latest;

    /// <summary>True when the set is in the ledger in this form: of rows that another release formed nothing is known.</summary>
    public bool Has(string set, byte[] form) => Since.TryGetValue(set, out var known) && known.Shape.IsOf(form);
}

/// <summary>
/// Remembers the newest states of the ledger for everyone on this host: however many wait for a change, the ledger is asked once a beat. A state of this host
/// is known at once, one of another host after a beat.
/// </summary>
internal sealed class FeedHeads(FeedLedger ledger, FeedNews news)
{
    /// <summary>How old what is known may be.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private Seen? _seen;
    private Task<Seen>? _reading;
    private Look? _look;
    private Dictionary<string, FeedState> _states = new(StringComparer.Ordinal);
    private FeedPass? _statesOf;

    /// <summary>
    /// As last remembered, however old, if not older than what this host wrote; null when there are none. Whoever relies on it holds its marks against those of
    /// what was read: while they are equal the memory is not old, whichever host wrote last.
    /// </summary>
    public ValueTask<FeedView?> KnownAsync(CancellationToken cancel) => _seen is { View: { } view, News.IsCompleted: false } ? new(view) : CurrentAsync(cancel);

    /// <summary>As of a beat ago at most, and never older than the last state this host wrote.</summary>
    public ValueTask<FeedView?> CurrentAsync(CancellationToken cancel) => _seen is { IsFresh: true, View: var view } ? new(view) : new(JoinAsync(cancel));

    /// <summary>Tells which marks somebody read of the register just now.</summary>
    public void Saw(string marks) => _look = new(marks, Stopwatch.GetTimestamp());

    /// <summary>The newest states, unless somebody saw since they were read that the register went on: then null, for rows written down are not those of now.</summary>
    public async ValueTask<FeedView?> StandingAsync(CancellationToken cancel) =>
        await CurrentAsync(cancel) is { } view && (_look is not { } look || look.Marks == view.Latest.Marks || look.At < (_seen?.At ?? 0)) ? view : null;

    /// <summary>Read anew.</summary>
    public async Task<FeedView?> ReadAsync(CancellationToken cancel)
    {
        var read = await ReadOnceAsync().WaitAsync(cancel);
        Keep(read);
        return read.View;
    }

    /// <summary>True for a place up to the newest, which is read anew before it is denied.</summary>
    public async Task<bool> HasReachedAsync(long place, bool isPublic, CancellationToken cancel) => place > 0
        && ((await CurrentAsync(cancel))?.HeadOf(isPublic).PlaceOn(isPublic) >= place || (await ReadAsync(cancel))?.HeadOf(isPublic).PlaceOn(isPublic) >= place);

    /// <summary>Number and digest of the rows of a public set at the newest public state, asked once for everyone.</summary>
    /// <param name="set">Surface and name of the set.</param>
    /// <param name="head">The state.</param>
    /// <param name="cancel">Stops asking.</param>
    public async ValueTask<FeedState> StateAsync(string set, FeedPass head, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_statesOf?.Number == head.Number && _states.TryGetValue(set, out var known))
            {
                return known;
            }
        }

        var state = await ledger.StateAsync(set, head.Position, cancel);
        lock (_gate)
        {
            // Who looks at an older state does not put the newer one out.
            if (_statesOf is null || _statesOf.Number < head.Number)
            {
                (_statesOf, _states) = (head, new(StringComparer.Ordinal));
            }

            if (_statesOf.Number == head.Number)
            {
                _states[set] = state;
            }
        }

        return state;
    }

    // A reading that began before the last news may not know of it.
    private async Task<FeedView?> JoinAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task<Seen> reading;
            lock (_gate)
            {
                if (_seen is { IsFresh: true } seen)
                {
                    return seen.View;
                }

                reading = _reading is { IsCompleted: false } under ? under : _reading = ReadOnceAsync();
            }

            var read = await reading.WaitAsync(cancel);
            Keep(read);
            if (!read.News.IsCompleted)
            {
                return read.View;
            }
        }
    }

    private void Keep(Seen read)
    {
        lock (_gate)
        {
            _seen = read.At >= (_seen?.At ?? 0) ? read : _seen;
        }
    }

    private async Task<Seen> ReadOnceAsync()
    {
        await Task.Yield();
        var (next, at) = (news.Next, Stopwatch.GetTimestamp());
        return new(await ledger.ViewAsync(CancellationToken.None), next, at);
    }

    /// <summary>What was seen.</summary>
    /// <param name="View">The states.</param>
    /// <param name="News">Ends with the next state of this host.</param>
    /// <param name="At">When the reading began.</param>
    private sealed record Seen(FeedView? View, Task News, long At)
    {
        public bool IsFresh => !News.IsCompleted && Stopwatch.GetElapsedTime(At) < Beat;
    }

    /// <summary>What was read of the register.</summary>
    /// <param name="Marks">Its marks.</param>
    /// <param name="At">When.</param>
    private sealed record Look(string Marks, long At);
}
