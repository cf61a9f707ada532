using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>信用监管等级 of classified supervision (R-3.1.6.b), from the best to the worst.</summary>
public enum SupervisionClass
{
    /// <summary>守信: red list or honest exemplar.</summary>
    A,

    /// <summary>Without negative record in the years of the pack.</summary>
    B,

    /// <summary>With a negative record, or on the watch list.</summary>
    C,

    /// <summary>On a black list.</summary>
    D,
}

/// <summary>Why a class is what it is.</summary>
public enum ClassBasis
{
    /// <summary>A black entry in force.</summary>
    BlackEntry,

    /// <summary>A watch entry in force.</summary>
    WatchEntry,

    /// <summary>An honest exemplar.</summary>
    Exemplar,

    /// <summary>A red entry in force.</summary>
    RedEntry,

    /// <summary>No negative record in the years of the pack.</summary>
    CleanRecord,

    /// <summary>A negative record in those years.</summary>
    NegativeRecord,

    /// <summary>The department set it, with a basis of its own.</summary>
    Department,
}

/// <summary>A class with its basis.</summary>
/// <param name="Class">The class.</param>
/// <param name="Basis">Why.</param>
public sealed record ClassOnBasis(SupervisionClass Class, ClassBasis Basis);

/// <summary>分类监管: the class of a subject and how often it is inspected (R-3.1.6.b, R-3.3.3.d).</summary>
public static class Supervision
{
    /// <summary>The class that follows from where the subject stands.</summary>
    public static ClassOnBasis Derive(CreditStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing switch
        {
            { Punished: true, Black: true } => new(SupervisionClass.D, ClassBasis.BlackEntry),
            { Punished: true } => new(SupervisionClass.C, ClassBasis.WatchEntry),
            { Exemplar: true } => new(SupervisionClass.A, ClassBasis.Exemplar),
            { Red: true } => new(SupervisionClass.A, ClassBasis.RedEntry),
            { Clean: true } => new(SupervisionClass.B, ClassBasis.CleanRecord),
            _ => new(SupervisionClass.C, ClassBasis.NegativeRecord),
        };
    }

    /// <summary>The class that binds a department: its own, but never a better one than a punish list leaves.</summary>
    /// <param name="standing">Where the subject stands.</param>
    /// <param name="own">Class the department set; null when it set none.</param>
    public static ClassOnBasis Of(CreditStanding standing, SupervisionClass? own)
    {
        var derived = Derive(standing);
        return own is null || (standing.Punished && own <= derived.Class) ? derived : new(own.Value, ClassBasis.Department);
    }

    /// <summary>How often 例行检查 and 专项抽查 take place, compared with the plan: below 1 for good credit, above 1 for bad. While every entry is verified nobody is inspected more often.</summary>
    public static decimal FactorOf(SupervisionClass @class, CreditStanding standing, IncentiveTerms terms)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(terms);
        var factor = terms.InspectionFactors[@class];
        return standing is { Listed: true, Resting: true } ? Math.Min(1m, factor) : factor;
    }
}
