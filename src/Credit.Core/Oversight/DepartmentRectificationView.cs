using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>A department's rectification as it and the lead office see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EvaluationId">The evaluation that requires it.</param>
/// <param name="Department">The department.</param>
/// <param name="Score">Its score then.</param>
/// <param name="NotifiedOn">Day of the notice.</param>
/// <param name="Due">Last day to submit.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Statement">What was put right.</param>
/// <param name="SubmittedOn">Day of the last submission.</param>
/// <param name="Finding">The lead office's last finding.</param>
/// <param name="WasOverdue">Missed its last day once.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record DepartmentRectificationView(
    Guid Id, Guid EvaluationId, string Department, decimal Score, DateOnly NotifiedOn, DateOnly Due, DepartmentRectificationState State, string? Statement,
    DateOnly? SubmittedOn, string? Finding, bool WasOverdue, int Version)
{
    public static DepartmentRectificationView Of(DepartmentRectification each) => new(
        each.Id, each.EvaluationId, each.Department, each.Score, each.NotifiedOn, each.Due, each.State, each.Statement, each.SubmittedOn, each.Finding,
        each.WasOverdue, each.Version);
}

/// <summary>How a department or the lead office gets hold of a rectification.</summary>
internal static class DepartmentRectificationAccess
{
    /// <summary>Runs a move in one transaction; those it does not concern learn nothing.</summary>
    public static async Task<IResult> MoveDepartmentRectificationAsync(
        this CreditDbContext db, Guid id, Func<DepartmentRectification, bool> concerns, IfMatch seen,
        Func<DepartmentRectification, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM core.department_rectification WHERE id = {id} FOR UPDATE", cancel);
        if (await db.DepartmentRectifications.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } rectification || !concerns(rectification))
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(rectification.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        if (await move(rectification) is { Count: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(DepartmentRectificationView.Of(rectification)).WithVersion(rectification.Version);
    }
}
