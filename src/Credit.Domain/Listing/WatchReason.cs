using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>列入情形 of the watch list (R-3.5.5.a).</summary>
public enum WatchReason
{
    /// <summary>较重失信 in a key domain, below the black standard.</summary>
    Heavier,

    /// <summary>多次轻微失信.</summary>
    RepeatedMinor,

    /// <summary>Follows a black entry (R-3.5.5.g); never proposed.</summary>
    AfterBlack,
}

/// <summary>How many minor offences carry a watch entry (R-3.5.5.a).</summary>
internal static class WatchGrounds
{
    /// <summary>Every reason against the count; none when it fits the reason.</summary>
    /// <param name="reason">Why the subject is watched; null when not stated.</param>
    /// <param name="minorOffences">Minor offences in the pack's window; null when not stated.</param>
    /// <param name="pack">Says how many are several.</param>
    public static IEnumerable<Refusal> Against(WatchReason? reason, int? minorOffences, PolicyPack pack)
    {
        if (reason == WatchReason.RepeatedMinor && (minorOffences ?? 0) < pack.LeastMinorOffences)
        {
            yield return new(
                "minor-offences-too-few",
                $"多次轻微失信须在{pack.MinorOffenceMonths}个月内至少{pack.LeastMinorOffences}次。",
                $"Repeated minor offences are {pack.LeastMinorOffences} or more within {pack.MinorOffenceMonths} months.",
                Clause.R("3.5.5.a"),
                "minorOffences");
        }

        if (reason == WatchReason.Heavier && minorOffences is not null)
        {
            yield return new(
                "minor-offences-not-counted",
                "较重失信情形不计轻微失信次数。",
                "Minor offences are counted for repeated minor offences only.",
                Clause.R("3.5.5.a"),
                "minorOffences");
        }
    }
}
