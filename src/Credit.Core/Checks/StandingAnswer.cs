using Credit.Core.Incentives;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

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
    public static async Task<StandingAnswer> OfAsync(
        CreditDbContext db, StandingReader standings, PolicyPack pack, Guid subject, string department, MatterKind matter, DateOnly today, CancellationToken cancel)
    {
        var standing = await standings.ReadAsync(subject, today, cancel);
        var rating = await db.SupervisionRatings.AsNoTracking().SingleOrDefaultAsync(each => each.SubjectId == subject && each.Department == department, cancel);
        var committed = await db.Commitments.AnyAsync(each => each.SubjectId == subject && each.State != CommitmentState.Broken, cancel);
        var convenience = Convenience.Of(standing, pack.Incentives.CleanYears);
        var supervised = Supervision.Of(standing, rating?.Class);
        return new(
            convenience.Eligible, convenience.Reasons, committed, supervised.Class, supervised.Basis,
            Domain.Incentives.Advice.Of(standing, supervised.Class, matter));
    }
}
