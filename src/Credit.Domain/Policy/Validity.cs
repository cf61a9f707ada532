namespace Credit.Domain.Policy;

/// <summary>The days an entry is in force. Both ends are included: an entry valid to the 31st still binds on the 31st.</summary>
/// <param name="From">First day in force.</param>
/// <param name="To">Last day in force; not before <paramref name="From"/>.</param>
public readonly record struct Validity(DateOnly From, DateOnly To)
{
    /// <summary>True on every day from <see cref="From"/> to <see cref="To"/>, both included.</summary>
    public bool Covers(DateOnly day) => From <= day && day <= To;

    /// <summary>The first day no longer in force: the day the entry must leave the list (R-3.5.6.a).</summary>
    public DateOnly ExitDay => To.AddDays(1);

    /// <summary>True when the two share at least one day.</summary>
    public bool Overlaps(Validity other) => From <= other.To && other.From <= To;
}
