using Credit.Domain.Checks;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;

namespace Credit.Core.Checks;

/// <summary>What a decision check says beyond hits: eligible for the green channel or not and why, class of supervision, advice (R-3.1.6.b, R-3.1.6.c, R-3.3.2.a, R-3.3.3.a).</summary>
/// <param name="Eligible">信易批, 绿色通道 and 容缺受理 are open.</param>
/// <param name="Reasons">Every reason for and against.</param>
/// <param name="Committed">The subject made a commitment that is not broken.</param>
/// <param name="Class">Class of supervision for the own department.</param>
/// <param name="Basis">Why.</param>
/// <param name="Advice">What is advised for the matter; it binds nobody.</param>
internal sealed record StandingAnswer(
    bool Eligible, IReadOnlyList<StandingReason> Reasons, bool Committed, SupervisionClass Class, ClassBasis Basis, IReadOnlyList<AdviceItem> Advice)
{
    /// <summary>The answer about a subject of the registry.</summary>
    /// <param name="standing">Where it stands on the day asked about.</param>
    /// <param name="own">Class the asking department set; null when it set none.</param>
    /// <param name="committed">It made a commitment that is not broken.</param>
    /// <param name="pack">Pack in force on the day asked about.</param>
    /// <param name="matter">Kind of the matter at hand.</param>
    public static StandingAnswer Of(CreditStanding standing, SupervisionClass? own, bool committed, PolicyPack pack, MatterKind matter)
    {
        var convenience = Convenience.Of(standing, pack.Incentives.CleanYears);
        var supervised = Supervision.Of(standing, own);
        return new(
            convenience.Eligible, convenience.Reasons, committed, supervised.Class, supervised.Basis,
            Domain.Incentives.Advice.Of(standing, supervised.Class, matter));
    }
}
