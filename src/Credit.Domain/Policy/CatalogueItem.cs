using Credit.Domain.Listing;
using Credit.Domain.Records;

namespace Credit.Domain.Policy;

/// <summary>Who may read what is collected under an item (共享属性).</summary>
public enum SharingClass
{
    /// <summary>社会公开: everybody, where a record's publication has not ended.</summary>
    Public,

    /// <summary>政务共享: every department.</summary>
    Government,

    /// <summary>部门内部: the department it comes from.</summary>
    Department,

    /// <summary>授权查询: the department it comes from, and whom the subject authorised.</summary>
    Authorised,
}

/// <summary>An item of the district's catalogue of credit information: who provides what, on what basis, until when, and who may read it (R-3.1.1.d, R-3.1.4.b, R-3.1.4.f).</summary>
public sealed record CatalogueItem
{
    /// <summary>Key; of what comes in files also the kind of file: <c>penalties</c>, <c>licences</c>, <c>subjects</c>, <c>list-entries</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Official title.</summary>
    public required string Title { get; init; }

    /// <summary>Item of the national or provincial catalogue it is an instance of, as printed there .</summary>
    public required string UpstreamItem { get; init; }

    /// <summary>Records of the item may be shown to everybody. Without it they are in no public set.</summary>
    public required bool Publish { get; init; }

    /// <summary>Kind of credit record collected under it; null for what has a table of its own.</summary>
    public RecordKind? RecordKind { get; init; }

    /// <summary>Keys of the bodies that provide it; empty where every department does.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Law or document by which it is collected; empty where the policy itself is it.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Who may read it.</summary>
    public SharingClass Sharing { get; init; } = SharingClass.Government;

    /// <summary>Sites where the department publishes a record before the platform shows it; none for what is no double publicity.</summary>
    public IReadOnlyList<PublicationChannel> Channels { get; init; } = [];

    /// <summary>The term another law sets in place of the policy's; null where none does.</summary>
    public CitedTerm? Term { get; init; }

    /// <summary>双公示: the decision stands on the department's or the government's site first (R-3.1.4.b).</summary>
    public bool IsDoublePublicity => Channels.Count > 0;

    /// <summary>True when this body provides the item.</summary>
    public bool IsProvidedBy(string body) => Providers.Count == 0 || Providers.Contains(body);

    /// <summary>True when every department may read the item, whoever it comes from.</summary>
    public bool IsShared => Sharing is SharingClass.Public or SharingClass.Government;
}
