namespace Credit.Core.Store;

/// <summary>An item of an upper catalogue that an item of the district's follows, or followed.</summary>
internal sealed class PublicUpstreamMatch
{
    public Guid Id { get; init; }
    public string Item { get; init; } = "";
    public string Level { get; init; } = "";
    public int Number { get; init; }
    public string ItemNumber { get; init; } = "";
    public string Title { get; init; } = "";
    public string Document { get; init; } = "";
    public string State { get; init; } = "";
    public DateOnly? DecidedOn { get; init; }
}

/// <summary>A registered edition of a recognition standard.</summary>
internal sealed class PublicStandard
{
    public Guid Id { get; init; }
    public string Title { get; init; } = "";
    public string DocumentNumber { get; init; } = "";
    public string Level { get; init; } = "";
    public string? Approval { get; init; }
    public string List { get; init; } = "";
    public string? Domain { get; init; }
    public int Edition { get; init; }
    public DateOnly FirstDay { get; init; }
    public DateOnly? LastDay { get; init; }
    public int? LongestTermInMonths { get; init; }
}

/// <summary>A measure; drafts are shown as such.</summary>
internal sealed class PublicMeasure
{
    public string Key { get; init; } = "";
    public string MemorandumKey { get; init; } = "";
    public string Ordinal { get; init; } = "";
    public string Wording { get; init; } = "";
    public string[] Canonical { get; init; } = [];
    public string Nature { get; init; } = "";
    public string Obligation { get; init; } = "";
    public string[] Departments { get; init; } = [];
    public string Basis { get; init; } = "";
    public string BasisFrom { get; init; } = "";
    public bool WatchApplicable { get; init; }
    public bool Draft { get; init; }
}
