using Credit.Domain.Policy;

namespace Credit.Domain.Records;

/// <summary>How long what no longer counts is kept with the subject it is about (I91).</summary>
public static class Retention
{
    internal static readonly Refusal NotOver = new(
        "retention-not-over", "保存期限未满，不得匿名化。", "The retention is not over yet: nothing is removed.", Clause.Standard("I91"));

    /// <summary>Latest day on which something ended whose retention is over today.</summary>
    /// <param name="today">Today in the district.</param>
    /// <param name="months">Months of retention, the last day included.</param>
    public static DateOnly LastEnded(DateOnly today, int months)
    {
        // Months are of unequal length: step back until the term counted forward is over.
        var day = today.AddMonths(-months);
        while (day.AddMonths(months) >= today)
        {
            day = day.AddDays(-1);
        }

        return day;
    }
}
