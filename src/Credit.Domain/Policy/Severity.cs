namespace Credit.Domain.Policy;

/// <summary>The three grades of dishonest conduct of the national repair order (国办发〔2025〕22号; lists-2025 §5), lightest first.</summary>
public enum Severity
{
    /// <summary>轻微.</summary>
    Minor,

    /// <summary>一般.</summary>
    Ordinary,

    /// <summary>严重.</summary>
    Serious,
}

/// <summary>The terms of a grade.</summary>
/// <param name="Severity">The grade.</param>
/// <param name="Publish">Records of the grade are shown to the public.</param>
/// <param name="MinMonths">Months before a repair can be applied for; 0 when at once.</param>
/// <param name="MaxMonths">Longest term, in months; publication ends with it by itself.</param>
public sealed record SeverityTerm(Severity Severity, bool Publish, int MinMonths, int MaxMonths);

/// <summary>Day on which a term begins to run.</summary>
public enum TermStart
{
    /// <summary>The day the entry comes into force.</summary>
    Listing,

    /// <summary>The day of the judicial or official document that found the conduct.</summary>
    Document,
}

/// <summary>Whose rules govern the repair of what was decided under another pack (lists-2025 §7.1).</summary>
public enum RepairRule
{
    /// <summary>Those of the pack the entry was decided under.</summary>
    DecisionDay,

    /// <summary>Those of the pack in force on the day of the application.</summary>
    ApplicationDay,
}
