namespace Credit.Domain.Enforcement;

/// <summary>Where the legal bases of a measure come from.</summary>
public enum BasisSource
{
    /// <summary>The memorandum cites them for this measure.</summary>
    Memorandum,

    /// <summary>The memorandum prints none: they are those of the canonical measures it is an instance of.</summary>
    Dictionary,
}

/// <summary>A legal basis with where it was seen; one recalled with medium or low confidence is shown as a draft.</summary>
/// <param name="Title">Title with article, as cited.</param>
/// <param name="Level">Rank of the source.</param>
/// <param name="Evidence">Where it was seen.</param>
public sealed record CitedBasis(string Title, LegalLevel Level, Evidence Evidence);

/// <summary>
/// What a measure rests on (R-3.5.3.a). A basis of the dictionary explains a measure; whether the measure is mandatory is decided by
/// what the memorandum itself cites, never by this (R-3.5.3.b).
/// </summary>
/// <param name="BasisFrom">Memorandum or dictionary.</param>
/// <param name="LegalBases">The laws and documents.</param>
public sealed record MeasureCitation(BasisSource BasisFrom, IReadOnlyList<CitedBasis> LegalBases)
{
    /// <summary>The bases in one line; those that are drafts say so.</summary>
    public string Text => string.Join('；', LegalBases.Select(basis => basis.Evidence is Evidence.Medium or Evidence.Low ? $"{basis.Title}（待核）" : basis.Title));

    /// <summary>What the memorandum cites; the dictionary's bases when it cites none.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="dictionary">Bases of the canonical measures it is an instance of.</param>
    public static MeasureCitation Of(Measure measure, IEnumerable<CitedBasis> dictionary) => measure.LegalBases.Count > 0
        ? new(BasisSource.Memorandum, [.. measure.LegalBases.Select(basis => new CitedBasis(basis.Title, basis.Level, measure.Evidence))])
        : new(BasisSource.Dictionary, [.. dictionary.Distinct()]);
}
