namespace Credit.Domain.Subjects.Names;

/// <summary>How far a search by name goes (the policy names no numbers; default).</summary>
public sealed record NameSearchTerms
{
    /// <summary>Least score of a name that is shown, more than 0, at most 1.</summary>
    public required double LeastScore { get; init; }

    /// <summary>Names shown at most.</summary>
    public required int Most { get; init; }
}
