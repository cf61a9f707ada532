using Credit.Domain.Listing;

namespace Credit.Domain.Incentives;

/// <summary>Where a subject stands on one day: what rewards and advice are decided by.</summary>
public sealed record CreditStanding
{
    /// <summary>A red entry in force.</summary>
    public bool Red { get; init; }

    /// <summary>A black entry in force, whether or not it is under verification.</summary>
    public bool Black { get; init; }

    /// <summary>A watch entry in force, whether or not it is under verification.</summary>
    public bool Watch { get; init; }

    /// <summary>Every black and watch entry in force is under verification: their measures rest (R-3.5.7.c).</summary>
    public bool Resting { get; init; }

    /// <summary>诚信典型, approved and not revoked.</summary>
    public bool Exemplar { get; init; }

    /// <summary>No negative record in the years of the policy pack (I50).</summary>
    public bool Clean { get; init; }

    /// <summary>On a punish list.</summary>
    public bool Listed => Black || Watch;

    /// <summary>On a punish list whose measures are executed.</summary>
    public bool Punished => Listed && !Resting;

    /// <summary>May be given a reward: red or exemplar, and not punished (I49).</summary>
    public bool Rewardable => (Red || Exemplar) && !Punished;

    /// <summary>Where a subject with these entries in force stands. While one is verified another still acts: the resting one then counts for nothing (R-3.5.7.c).</summary>
    /// <param name="held">List of each entry in force, and whether it is under verification.</param>
    /// <param name="exemplar">It is an honest exemplar.</param>
    /// <param name="clean">It has no negative record in the years of the pack.</param>
    public static CreditStanding Of(IReadOnlyList<(ListKind List, bool Verified)> held, bool exemplar, bool clean)
    {
        var resting = held.Any(entry => entry.List != ListKind.Red) && held.All(entry => entry.List == ListKind.Red || entry.Verified);
        return new()
        {
            Red = held.Any(entry => entry.List == ListKind.Red),
            Black = held.Any(entry => entry.List == ListKind.Black && (resting || !entry.Verified)),
            Watch = held.Any(entry => entry.List == ListKind.Watch && (resting || !entry.Verified)),
            Resting = resting,
            Exemplar = exemplar,
            Clean = clean,
        };
    }
}
