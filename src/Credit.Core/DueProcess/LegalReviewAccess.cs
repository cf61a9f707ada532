using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>How a third person of the department records an opinion on a decision to come. The matter itself stays as it is.</summary>
internal static class LegalReviewAccess
{
    /// <summary>An opinion as it is sent.</summary>
    /// <param name="Agrees">Agrees, or objects.</param>
    /// <param name="Text">The opinion, without personal numbers.</param>
    internal sealed record Opinion(bool Agrees, string Text);

    /// <summary>What every endpoint for a legal review shares.</summary>
    public static RouteHandlerBuilder RecordsLegalReview(this RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .RequireAuthorization(Access.Department)
        .WithName(name)
        .WithSummary(summary)
        .Produces<LegalReviewView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithExample(new { agrees = true, text = "事实清楚，证据充分，适用依据正确，程序合法，同意。" });

    /// <summary>Records an opinion. Nothing is saved here; the subject's lock is held.</summary>
    public static async Task<Outcome<LegalReview>> ReviewAsync(
        this CreditDbContext db, ReviewedMatter matter, Opinion body, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        // A review is a person's, not a system's.
        if (!caller.Is(Roles.Officer) && !caller.Is(Roles.Approver))
        {
            return new Refusal("step-not-for-role", "法制审核须由工作人员进行。", "A legal review is made by a person.", Clause.R("3.6.2"));
        }

        var earlier = await db.LegalReviews.CountAsync(each => each.AboutId == matter.Id && each.Decision == matter.Decision, cancel);
        var recorded = LegalReview.Record(matter, earlier, body.Agrees, body.Text, caller.User, clock.Today());
        Refusal[] refusals = [.. recorded.Refusals, .. TextNamesPerson.Against(Clause.R("3.2.4.f"), (body.Text, "text"))];
        if (refusals.Length > 0)
        {
            return Outcome<LegalReview>.Refused(refusals);
        }

        db.Add(recorded.Value);
        return recorded;
    }

    /// <summary>Answers with the review in place of the matter it is about; a refusal stays as it is.</summary>
    /// <param name="move">Runs the given move on the matter.</param>
    /// <param name="review">Records the review of the matter.</param>
    /// <typeparam name="TMatter">The matter.</typeparam>
    public static async Task<IResult> AnswerAsync<TMatter>(
        Func<Func<TMatter, Task<IReadOnlyList<Refusal>>>, Task<IResult>> move, Func<TMatter, Task<Outcome<LegalReview>>> review)
    {
        LegalReview? made = null;
        var answer = await move(async matter =>
        {
            var recorded = await review(matter);
            made = recorded.Accepted ? recorded.Value : null;
            return recorded.Refusals;
        });
        return made is null ? answer : TypedResults.Created((string?)null, LegalReviewView.Of(made));
    }
}

/// <summary>A legal review as the department sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Decision">The decision it is about.</param>
/// <param name="AboutId">The entry, objection or repair to be decided.</param>
/// <param name="EntryId">The entry that one belongs to.</param>
/// <param name="Number">Counts the reviews of one decision; the highest counts.</param>
/// <param name="Reviewer">Account that reviewed.</param>
/// <param name="Agrees">Agrees, or objects.</param>
/// <param name="Text">The opinion.</param>
/// <param name="ReviewedOn">Day of the review.</param>
internal sealed record LegalReviewView(
    Guid Id, ReviewedDecision Decision, Guid AboutId, Guid EntryId, int Number, string Reviewer, bool Agrees, string Text, DateOnly ReviewedOn)
{
    public static LegalReviewView Of(LegalReview review) => new(
        review.Id, review.Decision, review.AboutId, review.EntryId, review.Number, review.Reviewer, review.Agrees, review.Text, review.ReviewedOn);
}
