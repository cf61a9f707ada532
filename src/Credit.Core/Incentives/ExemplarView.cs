using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Incentives;

/// <summary>An exemplar as departments see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="SubjectId">The subject.</param>
/// <param name="SubjectName">Its name.</param>
/// <param name="Source">Where it was found.</param>
/// <param name="RecommendedBy">Association or medium.</param>
/// <param name="Nominator">Nominating department.</param>
/// <param name="Deeds">What it is an example of.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PublishDue">Last day to show it in public.</param>
/// <param name="PublishedOn">Day it was shown.</param>
/// <param name="PublishedLate">Shown too late.</param>
/// <param name="Channels">Where it is shown.</param>
/// <param name="RevokedFor">Why it is none any more.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ExemplarView(
    Guid Id, Guid SubjectId, string SubjectName, ExemplarSource Source, string RecommendedBy, string Nominator, string Deeds, ExemplarState State, DateOnly? PublishDue,
    DateOnly? PublishedOn, bool PublishedLate, IReadOnlyList<string> Channels, RevocationReason? RevokedFor, int Version)
{
    public static ExemplarView Of(Exemplar exemplar) => new(
        exemplar.Id, exemplar.SubjectId, exemplar.SubjectName, exemplar.Source, exemplar.RecommendedBy, exemplar.Nominator, exemplar.Deeds, exemplar.State,
        exemplar.PublishDue, exemplar.PublishedOn, exemplar.PublishedLate, exemplar.Channels, exemplar.RevokedFor, exemplar.Version);
}

/// <summary>How the nominating department gets hold of an exemplar.</summary>
internal static class ExemplarAccess
{
    /// <summary>Runs a move of the nominating department, under the subject's lock.</summary>
    public static async Task<IResult> MoveExemplarAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Exemplar, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var known = await db.Exemplars.Where(each => each.Id == id && each.Nominator == caller.Department).Select(each => (Guid?)each.SubjectId).SingleOrDefaultAsync(cancel);
        if (known is not { } subject)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(subject, cancel);
        var exemplar = await db.Exemplars.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(exemplar.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(exemplar);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(ExemplarView.Of(exemplar)).WithVersion(exemplar.Version);
    }
}
