using Credit.Domain.Listing;

namespace Credit.Domain.Policy;

/// <summary>An item of the district's catalogue of credit information: what is collected under it, until when, and whether it is shown (R-3.1.1.d, R-3.1.4.b, R-3.1.4.f).</summary>
public sealed record CatalogueItem
{
    /// <summary>Key, which is the kind of file it comes in: <c>penalties</c>, <c>licences</c>, <c>subjects</c>, <c>list-entries</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Official title.</summary>
    public required string Title { get; init; }

    /// <summary>Item of the national or provincial catalogue it is an instance of, as printed there .</summary>
    public required string UpstreamItem { get; init; }

    /// <summary>Records of the item may be shown to everybody. Without it they are in no public set.</summary>
    public required bool Publish { get; init; }

    /// <summary>Sites where the department publishes a record before the platform shows it; none for what is no double publicity.</summary>
    public IReadOnlyList<PublicationChannel> Channels { get; init; } = [];

    /// <summary>The term another law sets in place of the policy's; null where none does.</summary>
    public CitedTerm? Term { get; init; }

    /// <summary>双公示: the decision stands on the department's or the government's site first (R-3.1.4.b).</summary>
    public bool IsDoublePublicity => Channels.Count > 0;
}
