namespace Credit.Core.Checks.Index;

/// <summary>Which state of the register the index holds.</summary>
/// <param name="Snapshot">What had been committed, as PostgreSQL writes a snapshot: exact, also about changes that commit late.</param>
/// <param name="Position">Head of the log in it.</param>
/// <param name="Unplaced">Changes in it that had no place in the sequence yet.</param>
/// <param name="Settled">The last snapshot in which every change had its place; null before the first one.</param>
internal sealed record IndexStamp(string Snapshot, long Position, IReadOnlyList<long> Unplaced, string? Settled)
{
    /// <summary>Every change in it has its place: the state is the state at the position.</summary>
    public bool Exact => Unplaced.Count == 0;
}
