using Credit.Core.Http;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Oversight;

/// <summary>The formula by which departments are evaluated, open to each of them (R-4.3.b).</summary>
internal sealed class ReadFormula : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/formula", (IndicatorFigures figures, PolicyPack pack) => TypedResults.Ok(FormulaView.Of(figures, pack)))
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ReadFormula))
            .WithSummary("The published formula of the evaluation of departments")
            .Produces<FormulaView>();
}

/// <summary>The formula: 100 × Σ weight × rate ÷ Σ weight over the indicators under which there was anything to do.</summary>
/// <param name="PolicyPack">Policy pack it stands in.</param>
/// <param name="PoorBelow">A lower score is notified and rectified.</param>
/// <param name="Parts">Indicators; those with weight 0 are shown and do not count.</param>
internal sealed record FormulaView(string PolicyPack, decimal PoorBelow, IReadOnlyList<FormulaPart> Parts)
{
    public static FormulaView Of(IndicatorFigures figures, PolicyPack pack) => new(
        pack.Name, pack.Evaluation.PoorBelow,
        [
            .. figures.All.Select(indicator => new FormulaPart(
                indicator.Key, indicator.Title, indicator.TitleEnglish, indicator.About, pack.Evaluation.Weights.GetValueOrDefault(indicator.Key))),
        ]);
}

/// <summary>A part of the formula.</summary>
/// <param name="Indicator">Key of the indicator.</param>
/// <param name="Title">What it says, in Chinese.</param>
/// <param name="TitleEnglish">The same in English.</param>
/// <param name="About">What its rows are.</param>
/// <param name="Weight">Weight in the score.</param>
internal sealed record FormulaPart(string Indicator, string Title, string TitleEnglish, string About, int Weight);
