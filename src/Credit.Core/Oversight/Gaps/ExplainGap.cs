using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight.Gaps;

/// <summary>
/// A department says why it did not check, or did not give (R-3.1.6.a). Where it did check and the number was linked wrongly, it names the
/// number: a check of its own, of that subject, not after the decision, closes the gap.
/// </summary>
internal sealed class ExplainGap : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/gaps/{id:guid}/explanation", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ExplainGap))
            .WithSummary("Explain an unchecked decision or a reward not given, with the query number where there was a check")
            .Produces<GapView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { explanation = "办理时已查询，编号误填至另一事项。", queryNumber = "CX20261124-K7Q2M9XZ4T5B" });

    private static async Task<IResult> HandleAsync(
        Guid id, ExplanationBody body, IfMatch seen, CreditDbContext db, SubjectIdentities identities, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM core.credit_gap WHERE id = {id} FOR UPDATE", cancel);
        if (await db.Gaps.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel) is not { } gap)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(gap.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var number = string.IsNullOrWhiteSpace(body.QueryNumber) ? null : body.QueryNumber.Trim();
        Refusal[] refusals =
        [
            .. TextNamesPerson.Against(Clause.R("3.1.6.a"), (body.Explanation, "explanation")),
            .. number is not null && !await ProvingReceipts.ProvesAsync(db, identities, gap, number, cancel)
                ? new[]
                {
                    new Refusal(
                        "gap-not-proved",
                        "该编号不是本部门在决定前对该主体的查询。",
                        "That number is no check of this department about the subject before the decision.",
                        Clause.R("3.1.6.a"),
                        "queryNumber"),
                }
                : [],
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        var explained = gap.Explain(body.Explanation ?? "", number, caller.User, clock.Today());
        if (!explained.Accepted)
        {
            return explained.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(GapView.Of(gap)).WithVersion(gap.Version);
    }

    /// <summary>An explanation.</summary>
    /// <param name="Explanation">Why, without personal data.</param>
    /// <param name="QueryNumber">Query number of the check before the decision, where there was one.</param>
    internal sealed record ExplanationBody(string? Explanation = null, string? QueryNumber = null);
}
