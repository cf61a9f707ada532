using Credit.Domain.Policy;

namespace Credit.Domain.Listing;

/// <summary>One basis an entry rests on (R-3.2.1.b, I13).</summary>
public sealed class EntryBasis
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>One of the five admitted kinds.</summary>
    public BasisKind Kind { get; init; }

    /// <summary>Law or document relied on.</summary>
    [GoneAfterRetention]
    public string Text { get; init; } = "";

    /// <summary>Number of the deciding document.</summary>
    [GoneAfterRetention]
    public string DocumentNumber { get; init; } = "";

    /// <summary>A penalty of the double publicity that the entry cites (R-3.1.4.d); null otherwise.</summary>
    [GoneAfterRetention(GoneAfterRetentionAttribute.Nothing)]
    public Guid? PenaltyId { get; init; }

    /// <summary>A credit record that the entry cites (R-3.2.1.b); null otherwise.</summary>
    [GoneAfterRetention(GoneAfterRetentionAttribute.Nothing)]
    public Guid? RecordId { get; init; }
}
