using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>
/// A second person of the lead office publishes an evaluation to the departments: whoever performed poorly is notified (通报)
/// and has to put its work right within a term (R-4.3.b).
/// </summary>
internal sealed class PublishEvaluation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/oversight/evaluations/{id:guid}/publication", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(PublishEvaluation))
            .WithSummary("Publish an evaluation to the departments and notify poor performers")
            .Produces<EvaluationView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, PolicyPack pack, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Evaluations.Include(each => each.Scores).SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } evaluation)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(evaluation.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var today = clock.Today();
        if (evaluation.Publish(caller.User, today) is { Accepted: false } refused)
        {
            return refused.Refusals.ToProblem();
        }

        foreach (var score in evaluation.Scores.Where(score => score.Poor))
        {
            var rectification = DepartmentRectification.Require(evaluation, score, today, today.AddDays(pack.DepartmentRectificationDays));
            db.Add(rectification);
            DeadlineBook.OpenOn(db, DeadlineKind.DepartmentRectification, rectification.Id, score.Department, today, rectification.Due);
            db.Add(new InboxItem
            {
                Department = score.Department,
                Kind = InboxKind.DepartmentNotified,
                AggregateId = rectification.Id,
                Text = $"通报: {evaluation.From:yyyy-MM-dd}至{evaluation.To:yyyy-MM-dd}信用工作考评得分{score.Score}，请于{rectification.Due:yyyy-MM-dd}前完成整改并报送",
                CreatedOn = today,
            });
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(EvaluationView.Of(evaluation, caller)).WithVersion(evaluation.Version);
    }
}
