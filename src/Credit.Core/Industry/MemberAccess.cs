using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Industry;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Industry;

/// <summary>How an association gets hold of its own members; of others it learns nothing (R-3.4.4.a).</summary>
internal static class MemberAccess
{
    /// <summary>Runs a move on a member of the caller's own association.</summary>
    public static async Task<IResult> MoveMemberAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<AssociationMember, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var subject = await db.AssociationMembers.Where(each => each.Id == id && each.Association == caller.Association)
            .Select(each => (Guid?)each.SubjectId).SingleOrDefaultAsync(cancel);
        if (subject is null)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(subject.Value, cancel);
        var member = await db.AssociationMembers.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(member.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(member);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(MemberView.Of(member)).WithVersion(member.Version);
    }
}

/// <summary>A member as its association sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Association">Key of the association.</param>
/// <param name="SubjectId">The organisation.</param>
/// <param name="State">Where the membership stands.</param>
/// <param name="AppliedOn">Day it applied.</param>
/// <param name="AdmittedOn">Day it was admitted.</param>
/// <param name="EndedOn">Day it ended.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record MemberView(
    Guid Id, string Association, Guid SubjectId, MembershipState State, DateOnly AppliedOn, DateOnly? AdmittedOn, DateOnly? EndedOn, int Version)
{
    public static MemberView Of(AssociationMember member) => new(
        member.Id, member.Association, member.SubjectId, member.State, member.AppliedOn, member.AdmittedOn, member.EndedOn, member.Version);
}
