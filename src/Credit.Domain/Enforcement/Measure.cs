using Credit.Domain.Accountability;
using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>The four natures of a measure (三(四)2–5), and judicial ones that memoranda name beside them.</summary>
public enum MeasureNature
{
    /// <summary>行政性.</summary>
    Administrative,

    /// <summary>市场性.</summary>
    Market,

    /// <summary>行业性.</summary>
    Industry,

    /// <summary>社会性.</summary>
    Social,

    /// <summary>司法.</summary>
    Judicial,
}

/// <summary>强制性措施 or 推荐性措施 (R-3.5.3.b).</summary>
public enum MeasureObligation
{
    /// <summary>Commanded by law; cannot be declined (I43).</summary>
    Mandatory,

    /// <summary>May be declined with a reason.</summary>
    Recommended,
}

/// <summary>Rank of a legal basis. Only the first two make a measure mandatory.</summary>
public enum LegalLevel
{
    /// <summary>法律, judicial interpretation included.</summary>
    Law,

    /// <summary>行政法规 or 地方性法规.</summary>
    Regulation,

    /// <summary>部门规章 or 政府规章.</summary>
    Rule,

    /// <summary>规范性文件.</summary>
    Document,
}

/// <summary>Where a fact about a measure was seen.</summary>
public enum Evidence
{
    /// <summary>S: seen in a published source.</summary>
    Seen,

    /// <summary>K-hi: recalled with high confidence.</summary>
    High,

    /// <summary>K-med: recalled with medium confidence; shown as a draft, never dispatched.</summary>
    Medium,

    /// <summary>K-lo: recalled with low confidence; shown as a draft, never dispatched.</summary>
    Low,
}

/// <summary>A law, regulation or document that a measure rests on.</summary>
/// <param name="Title">Title with article, as cited.</param>
/// <param name="Level">Rank of the source.</param>
public sealed record LegalBasis(string Title, LegalLevel Level);

/// <summary>One measure of a memorandum: what a listing obliges or invites departments to do (R-3.5.3.a).</summary>
public sealed record Measure
{
    /// <summary>Key of the measure, unique in the district: memorandum code and ordinal, for example <c>TAX-BLACK/9</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Ordinal within the memorandum as printed.</summary>
    public required string Ordinal { get; init; }

    /// <summary>Official wording, in Chinese.</summary>
    public required string Wording { get; init; }

    /// <summary>Keys of the canonical measures it is an instance of, for example <c>P01</c>; may be empty.</summary>
    public IReadOnlyList<string> Canonical { get; init; } = [];

    /// <summary>Nature of the measure.</summary>
    public required MeasureNature Nature { get; init; }

    /// <summary>Mandatory or recommended.</summary>
    public required MeasureObligation Obligation { get; init; }

    /// <summary>Keys of the district's departments that carry it out; empty when it lies outside the district's remit.</summary>
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>Obligation as the memorandum prints it, where ours is weaker because no law or regulation is cited or its nature forbids; null where they agree.</summary>
    public MeasureObligation? PrintedObligation { get; init; }

    /// <summary>Persons of a listed unit whom the measure reaches beside it (R-3.4.6.c), as the memorandum says; empty where the dictionary of canonical measures decides.</summary>
    public IReadOnlyList<Responsibility> Reaches { get; init; } = [];

    /// <summary>Names of the bodies as printed in the memorandum.</summary>
    public string PrintedBodies { get; init; } = "";

    /// <summary>Laws and documents it rests on.</summary>
    public required IReadOnlyList<LegalBasis> LegalBases { get; init; }

    /// <summary>May be applied to subjects on the watch list (R-3.5.5.b).</summary>
    public bool WatchApplicable { get; init; }

    /// <summary>Only for subjects who are able to perform but refuse (R-3.4.3.b).</summary>
    public bool OnlyAbleButRefuses { get; init; }

    /// <summary>Term within which a department acts and feeds back, in working days.</summary>
    public required WorkingDays Within { get; init; }

    /// <summary>Where the row was seen.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>True when the row may only be shown as a draft and is never dispatched.</summary>
    public bool IsDraft => Evidence is Evidence.Medium or Evidence.Low;
}
