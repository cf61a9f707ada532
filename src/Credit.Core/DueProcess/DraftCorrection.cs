using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>The recogniser writes the correction statement of a wrong entry (R-3.5.7.d).</summary>
internal sealed class DraftCorrection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reparations/{id:guid}/statement", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(DraftCorrection))
            .WithSummary("Write the correction statement of a wrong entry")
            .Produces<ReparationView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { statement = "我局2026年3月对该企业的黑名单认定有误，现予更正，该企业不存在所列失信行为。" });

    private static Task<IResult> HandleAsync(Guid id, CorrectionStatement body, IfMatch seen, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        db.MoveReparationAsync(
            id,
            caller,
            seen,
            reparation => Task.FromResult(PersonalText.IsIn(body.Statement)
                ? [new Refusal(
                    "statement-names-person",
                    "更正声明中不得出现证件号码或电话。",
                    "The statement may not hold identity numbers or telephone numbers.",
                    Clause.R("3.1.4.i"),
                    "statement")]
                : reparation.Draft(body.Statement, caller.User).Refusals),
            cancel);

    /// <summary>A correction statement.</summary>
    /// <param name="Statement">What was wrong and what is true, without personal numbers.</param>
    internal sealed record CorrectionStatement(string Statement);
}
