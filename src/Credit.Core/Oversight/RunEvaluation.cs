using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>The lead office, or a third party for it, evaluates the departments over a period by the published formula (R-4.3.b).</summary>
internal sealed class RunEvaluation : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/oversight/evaluations", HandleAsync)
            .RequireAuthorization(Access.LeadOffice)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RunEvaluation))
            .WithSummary("Evaluate the departments over a period and keep the scores with their figures")
            .Produces<EvaluationView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { from = "2026-07-01", to = "2026-09-30", evaluator = "山东某某信用评价有限公司" });

    private static async Task<IResult> HandleAsync(
        EvaluationBody body, CreditDbContext db, IndicatorFigures figures, PolicyPack pack, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        Refusal?[] refusals =
        [
            IndicatorFigures.AgainstPeriod(body.From, body.To),
            TextLength.Against(body.Evaluator, TextLength.Name, "evaluator"),
            .. TextNamesPerson.Against(Clause.R("4.3.b"), (body.Evaluator, "evaluator")),
        ];
        if (refusals.OfType<Refusal>().ToArray() is { Length: > 0 } against)
        {
            return against.ToProblem();
        }

        // Figures of one moment: a snapshot that reports running meanwhile cannot tear.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var counted = await figures.CountAsync(body.From, body.To, cancel);
        var evaluation = Evaluation.Run(
            body.From, body.To, string.IsNullOrWhiteSpace(body.Evaluator) ? null : body.Evaluator.Trim(), pack.Evaluation,
            JsonSerializer.Serialize(FormulaView.Of(figures, pack), RegisterInterceptor.Json), pack.Name, caller.User, clock.Today(),
            counted.Select(own => (own.Key, (IReadOnlyList<IndicatorFigure>)own.Value, JsonSerializer.Serialize(own.Value, RegisterInterceptor.Json))));
        db.Add(evaluation);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/oversight/evaluations/{evaluation.Id}", EvaluationView.Of(evaluation, caller)).WithVersion(evaluation.Version);
    }

    /// <summary>An evaluation.</summary>
    /// <param name="From">First day evaluated.</param>
    /// <param name="To">Last day evaluated, included.</param>
    /// <param name="Evaluator">Third party that evaluates; null when the lead office does itself.</param>
    internal sealed record EvaluationBody(DateOnly From, DateOnly To, string? Evaluator);
}
