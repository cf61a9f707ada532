using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Reads an evaluation; before its publication only lead office and auditor do.</summary>
internal sealed class GetEvaluation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/evaluations/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetEvaluation))
            .WithSummary("Read an evaluation of the departments")
            .Produces<EvaluationView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var evaluation = await db.Evaluations.AsNoTracking().Include(each => each.Scores).SingleOrDefaultAsync(each => each.Id == id, cancel);
        return evaluation is null || !EvaluationView.MaySee(evaluation, caller)
            ? TypedResults.NotFound()
            : TypedResults.Ok(EvaluationView.Of(evaluation, caller)).WithVersion(evaluation.Version);
    }
}
