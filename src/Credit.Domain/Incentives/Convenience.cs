using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>A reason for or against, as people read it.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="For">Speaks for the subject.</param>
/// <param name="Chinese">The sentence in Chinese.</param>
/// <param name="English">The same in English.</param>
/// <param name="Clause">The rule.</param>
public sealed record StandingReason(string Code, bool For, string Chinese, string English, string Clause);

/// <summary>Whether a subject may use the green channel, with the reasons.</summary>
/// <param name="Eligible">It may.</param>
/// <param name="Reasons">Every reason for and against.</param>
public sealed record ConvenienceAnswer(bool Eligible, IReadOnlyList<StandingReason> Reasons);

/// <summary>绿色通道, 容缺受理 and 信易批: for exemplars, or whoever has no negative record in the years of the pack, all else equal (R-3.3.2.b, I49).</summary>
public static class Convenience
{
    /// <summary>Eligible or not, and why.</summary>
    /// <param name="standing">Where the subject stands.</param>
    /// <param name="years">Years without negative record.</param>
    public static ConvenienceAnswer Of(CreditStanding standing, int years)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var reasons = Reasons(standing, years).ToArray();
        return new(!standing.Punished && (standing.Exemplar || standing.Clean), reasons);
    }

    private static IEnumerable<StandingReason> Reasons(CreditStanding standing, int years)
    {
        if (standing.Punished)
        {
            yield return new(
                "listed", For: false, "该主体在黑名单或重点关注名单内。", "The subject is on a black or watch list.", Clause.R("3.1.6.c").Number);
        }

        if (standing.Exemplar)
        {
            yield return new("exemplar", For: true, "该主体为诚信典型。", "The subject is an honest exemplar.", Clause.R("3.3.2.b").Number);
        }

        yield return standing.Clean
            ? new(
                "clean-record", For: true, $"该主体连续{years}年无不良信用记录。", $"The subject has had no negative record for {years} years.", Clause.R("3.3.2.b").Number)
            : new(
                "negative-record", For: false, $"该主体近{years}年内有不良信用记录。", $"The subject has a negative record within {years} years.", Clause.R("3.3.2.b").Number);
    }
}
