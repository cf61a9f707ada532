using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>A commitment as the subject and the department see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="SubjectName">Its name.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What is committed to.</param>
/// <param name="Department">Department it is made before.</param>
/// <param name="BySubject">Made by the subject itself.</param>
/// <param name="MadeOn">Day it was made.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Finding">What the department found.</param>
/// <param name="FoundOn">Day of the finding.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record CommitmentView(
    Guid Id, Guid SubjectId, string SubjectName, CommitmentKind Kind, string Text, string Department, bool BySubject, DateOnly MadeOn, CommitmentState State,
    string? Finding, DateOnly? FoundOn, int Version)
{
    public static CommitmentView Of(Commitment commitment) => new(
        commitment.Id, commitment.SubjectId, commitment.SubjectName, commitment.Kind, commitment.Text, commitment.Department, commitment.BySubject, commitment.MadeOn,
        commitment.State, commitment.Finding, commitment.FoundOn, commitment.Version);
}

/// <summary>How the department gets hold of a commitment made before it.</summary>
internal static class CommitmentAccess
{
    private static readonly Refusal OfAcceptance = new(
        "commitment-of-acceptance",
        "容缺承诺随其受理事项履行或违反，不单独认定。",
        "The commitment of an acceptance is kept or broken with it, not by itself.",
        Clause.R("3.3.2.c"));

    /// <summary>Runs a finding of the department, under the subject's lock. What an acceptance rests on is found with the acceptance.</summary>
    public static async Task<IResult> MoveCommitmentAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, string? finding, Func<Commitment, IReadOnlyList<Refusal>> move, CancellationToken cancel)
    {
        var known = await db.Commitments.Where(each => each.Id == id && each.Department == caller.Department).Select(each => (Guid?)each.SubjectId).SingleOrDefaultAsync(cancel);
        if (known is not { } subject)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(subject, cancel);
        var commitment = await db.Commitments.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(commitment.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (await db.Acceptances.AnyAsync(each => each.CommitmentId == id, cancel))
        {
            return OfAcceptance.ToProblem();
        }

        Refusal[] refusals = [.. IncentiveAccess.AgainstPersonalText((finding, "finding"))];
        if (refusals.Length == 0)
        {
            refusals = [.. move(commitment)];
        }

        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(CommitmentView.Of(commitment)).WithVersion(commitment.Version);
    }
}
