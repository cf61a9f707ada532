using Credit.Domain.Policy;

namespace Credit.Core.Listing;

/// <summary>The term on the watch list after the exit from black, as the recogniser gives it (R-3.5.5.g).</summary>
internal static class WatchTerm
{
    /// <summary>The reason against a term outside what the pack admits; null when there is none.</summary>
    public static Refusal? Against(int? months, PolicyPack pack) => months is { } given && (given < 1 || given > pack.LongestWatchMonths)
        ? new(
            "watch-term-out-of-range",
            $"退出黑名单后的重点关注期限应为1至{pack.LongestWatchMonths}个月。",
            $"The term on the watch list after exit is 1 to {pack.LongestWatchMonths} months.",
            Clause.R("3.5.5.g"),
            "watchMonthsAfterExit")
        : null;
}
