using Credit.Domain.Records;

namespace Credit.Domain.Policy;

/// <summary>What happened, and the clause that wanted it.</summary>
/// <param name="Announcement">A record with a wire name.</param>
/// <param name="Clause">Requirement or invariant.</param>
public sealed record Announced(object Announcement, Clause Clause);

/// <summary>
/// Something with a life of its own: it moves only through its own methods, each of which announces once what happened.
/// The store refuses to save a changed aggregate that announced nothing (I80).
/// </summary>
public abstract class Aggregate
{
    private readonly List<Announced> _announced = [];

    /// <summary>Identity.</summary>
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>Version for optimistic concurrency (I89); counted up by the store with each change.</summary>
    public int Version { get; internal set; } = 1;

    internal IReadOnlyList<Announced> Announcements => _announced;

    /// <summary>The retention of the entry this follows from is over: whom it is about and what people wrote is gone, the rest counts on (I91).</summary>
    internal void EmptyWith(Guid entryId, Guid nobody)
    {
        Retention.Empty(this, nobody);
        Announce(new FollowerAnonymised(Id, GetType().Name, entryId), Clause.Standard("I91"));
    }

    internal void ForgetAnnouncements() => _announced.Clear();

    private protected void Announce(object announcement, Clause clause) => _announced.Add(new(announcement, clause));
}
