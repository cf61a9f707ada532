namespace Credit.Domain.Policy;

/// <summary>A term that a law sets otherwise than the policy does. There is none without the citation (I30).</summary>
public sealed record StatutoryTerm
{
    private readonly string _citation = "";

    /// <summary>领域 the law is about.</summary>
    public required string Domain { get; init; }

    /// <summary>Length in working days.</summary>
    public required int Days { get; init; }

    /// <summary>Law and article.</summary>
    /// <exception cref="ArgumentException">No law is cited.</exception>
    public required string Citation
    {
        get => _citation;
        init => _citation = string.IsNullOrWhiteSpace(value)
            ? throw new ArgumentException("A term other than the policy's needs the law that sets it.", nameof(value))
            : value;
    }
}
