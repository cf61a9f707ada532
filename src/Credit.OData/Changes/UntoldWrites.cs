using Credit.Core.Feeds;

namespace Credit.OData.Changes;

/// <summary>
/// What was written and the log does not tell: an owner corrects by hand, a text that must go at once. Marks follow every write, the log only those that go
/// through it; whether rows changed is found by comparing them, which is not done all the time. Until it is done, lists read the rows of now.
/// </summary>
internal sealed class UntoldWrites(TimeProvider clock)
{
    /// <summary>How often rows are compared though the log tells of no change, at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    /// <summary>Comparing takes this part of the time at most.</summary>
    private const int Share = 20;

    // Something is there, and was not looked for yet.
    private bool _there;

    private (long At, TimeSpan Took)? _compared;

    /// <summary>Something is there, and it is time to compare.</summary>
    public bool IsDue => _there
        && (_compared is not { } last || (clock.GetElapsedTime(last.At) >= Pace && clock.GetElapsedTime(last.At) >= last.Took * Share));

    /// <summary>The log is where it was at a state, and these are the marks now.</summary>
    public void Saw(FeedPass state, string marks) => _there = marks != state.Marks;

    /// <summary>The marks that a state written now may have: those of the last one while something is there that was not looked for, so that its rows are taken for none of now.</summary>
    /// <param name="last">The state before; null before the first.</param>
    /// <param name="marks">The marks now.</param>
    /// <param name="compared">All rows were compared for it.</param>
    public string MarksFor(FeedPass? last, string marks, bool compared) => _there && !compared && last is not null ? last.Marks : marks;

    /// <summary>All rows were compared.</summary>
    /// <param name="began">When that began.</param>
    /// <param name="found">Something was found, and is to be told to the log before it is settled.</param>
    public void Compared(long began, bool found)
    {
        _compared = (clock.GetTimestamp(), clock.GetElapsedTime(began));
        _there = found;
    }
}
