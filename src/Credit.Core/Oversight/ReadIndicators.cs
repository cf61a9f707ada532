using Credit.Core.Http;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Oversight;

/// <summary>Live indicators of every department over a period, computed from the rows as they are now (R-4.3.a).</summary>
internal sealed class ReadIndicators : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/indicators", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ReadIndicators))
            .WithSummary("Indicators of every department over a period, with their formula")
            .Produces<IndicatorsView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        DateOnly from, DateOnly to, IndicatorFigures figures, PolicyPack pack, CancellationToken cancel, string? department = null)
    {
        if (IndicatorFigures.AgainstPeriod(from, to) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var counted = await figures.CountAsync(from, to, cancel);
        return TypedResults.Ok(new IndicatorsView(from, to, FormulaView.Of(figures, pack),
        [
            .. counted.Where(own => department is null || own.Key == department).Select(own => new DepartmentIndicators(
                own.Key, pack.Evaluation.Score(own.Value),
                [.. own.Value.Select(figure => new FigureView(figure.Indicator, figure.All, figure.Good, figure.Rate))])),
        ]));
    }

    /// <summary>Indicators of a period.</summary>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day, included.</param>
    /// <param name="Formula">What is counted and with which weight.</param>
    /// <param name="Departments">Departments that had anything to do.</param>
    internal sealed record IndicatorsView(DateOnly From, DateOnly To, FormulaView Formula, IReadOnlyList<DepartmentIndicators> Departments);

    /// <summary>Indicators of a department.</summary>
    /// <param name="Department">Key of the department.</param>
    /// <param name="Score">What the formula makes of them, 0 to 100.</param>
    /// <param name="Figures">One for each indicator under which it had anything to do.</param>
    internal sealed record DepartmentIndicators(string Department, decimal? Score, IReadOnlyList<FigureView> Figures);
}

/// <summary>A figure.</summary>
/// <param name="Indicator">Key of the indicator.</param>
/// <param name="All">What was to be done.</param>
/// <param name="Good">What was done as it should be.</param>
/// <param name="Rate">Good to all, 0 to 1.</param>
internal sealed record FigureView(string Indicator, int All, int Good, decimal? Rate);
