namespace Credit.Domain.Incentives;

/// <summary>The numbers of rewards that the policy leaves open (architecture §6). Working days unless named otherwise.</summary>
public sealed record IncentiveTerms
{
    /// <summary>Years without negative record that open the green channel (R-3.3.2.b says three).</summary>
    public required int CleanYears { get; init; }

    /// <summary>Days from approval in which an exemplar is shown in public (R-3.3.1.c says 及时; default).</summary>
    public required int PublishExemplarDays { get; init; }

    /// <summary>Days to supply a missing paper where the officer states none (R-3.3.2.c; default).</summary>
    public required int SupplyPaperDays { get; init; }

    /// <summary>Longest time to supply it (R-3.3.2.c; default).</summary>
    public required int LongestSupplyPaperDays { get; init; }

    /// <summary>Categories of penalty, each as the layout has it, that are no dishonesty where a penalty has no other: what the simplified procedure gives (lists-2025 §1; default).</summary>
    public required IReadOnlyList<string> MinorPenalties { get; init; }

    /// <summary>How often a subject of a class is inspected, compared with the plan: below 1 for A and B, above 1 for C and D (R-3.3.3.d; default).</summary>
    public required IReadOnlyDictionary<SupervisionClass, decimal> InspectionFactors { get; init; }

    /// <summary>True when each of the penalty's categories is minor.</summary>
    /// <param name="categories">处罚类别, separated by semicolons.</param>
    public bool IsMinor(string categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        var each = categories.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return each.Length > 0 && each.All(category => MinorPenalties.Contains(category));
    }
}
