namespace Credit.Domain.Oversight;

/// <summary>What one indicator of a department counts over a period.</summary>
/// <param name="Indicator">Key of the indicator.</param>
/// <param name="All">What was to be done.</param>
/// <param name="Good">What was done as it should be.</param>
public sealed record IndicatorFigure(string Indicator, int All, int Good)
{
    /// <summary>Good to all, 0 to 1; null when there was nothing to do.</summary>
    public decimal? Rate => All == 0 ? null : Math.Round((decimal)Good / All, 6);
}

/// <summary>
/// The published formula of the evaluation (R-4.3.b): 100 × Σ weight × rate ÷ Σ weight, over the indicators under which the
/// department had anything to do. A department that had nothing to do at all has no score.
/// </summary>
public sealed record EvaluationFormula
{
    /// <summary>Weight of each indicator by its key, positive.</summary>
    public required IReadOnlyDictionary<string, int> Weights { get; init; }

    /// <summary>A score below it is notified and rectified; 0 to 100.</summary>
    public required decimal PoorBelow { get; init; }

    /// <summary>The score of a department, two decimals; null when it had nothing to do.</summary>
    public decimal? Score(IEnumerable<IndicatorFigure> figures)
    {
        var counted = figures.Where(figure => figure.Rate is not null && Weights.ContainsKey(figure.Indicator)).ToArray();
        var weight = counted.Sum(figure => Weights[figure.Indicator]);
        return weight == 0 ? null : Math.Round(100 * counted.Sum(figure => Weights[figure.Indicator] * figure.Rate!.Value) / weight, 2);
    }

    /// <summary>True when a department with this score is notified.</summary>
    public bool IsPoor(decimal? score) => score < PoorBelow;
}
