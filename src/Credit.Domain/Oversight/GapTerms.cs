namespace Credit.Domain.Oversight;

/// <summary>How the radar for unchecked decisions and rewards not given looks (the policy names no numbers; default).</summary>
public sealed record GapTerms
{
    /// <summary>Civil days before a licence in which a check of the same subject counts for it where it names another document number: an application has a number of its own.</summary>
    public required int CheckDays { get; init; }

    /// <summary>Months the radar looks back; what it found before stays as it is.</summary>
    public required int LookBackMonths { get; init; }
}
