using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>What speaks against a subject.</summary>
public enum NegativeKind
{
    /// <summary>行政处罚 of the general procedure. Warnings and public criticism, as the simplified procedure gives them, are no dishonesty.</summary>
    Penalty,

    /// <summary>A negative credit record.</summary>
    Record,

    /// <summary>A black entry.</summary>
    BlackEntry,

    /// <summary>A watch entry.</summary>
    WatchEntry,
}

/// <summary>One thing that speaks against a subject.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="FormedOn">形成日期: day of decision, formation or recognition.</param>
/// <param name="Erroneous">Annulled, or found wrong: it counts as never made.</param>
public sealed record NegativeMark(NegativeKind Kind, DateOnly FormedOn, bool Erroneous = false);

/// <summary>无不良信用记录: nothing negative formed in the last years (R-3.3.1.b, R-3.3.2.b, I50).</summary>
public static class CleanRecord
{
    /// <summary>Longest window that is asked for, in years.</summary>
    public const int MostYears = 10;

    /// <summary>
    /// The days that are looked at: (t − n years, t]. What was formed exactly n years ago counts no longer. A day that the year of
    /// the window's start does not have is its last day of February: what was formed on 29 February counts up to 28 February, and
    /// no longer on 1 March.
    /// </summary>
    public static Validity Window(DateOnly asOf, int years) => new(asOf.AddYears(-years).AddDays(1), asOf);

    /// <summary>True when nothing that counts was formed in the window.</summary>
    public static bool Holds(IEnumerable<NegativeMark> marks, DateOnly asOf, int years)
    {
        var window = Window(asOf, years);
        return !marks.Any(mark => !mark.Erroneous && window.Covers(mark.FormedOn));
    }
}
