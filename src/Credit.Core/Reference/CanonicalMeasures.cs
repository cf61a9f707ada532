using System.Collections.Frozen;
using Credit.Domain.Accountability;
using Credit.Domain.Enforcement;

namespace Credit.Core.Reference;

/// <summary>A measure as the memoranda repeat it, so that reports answer it whatever memorandum ordered it.</summary>
/// <param name="Key">Key, for example <c>P01</c>.</param>
/// <param name="Name">Short English name in kebab case.</param>
/// <param name="Wording">Official term.</param>
/// <param name="Nature">Usual nature.</param>
/// <param name="Obligation">Usual obligation; the memorandum decides.</param>
/// <param name="Departments">Departments of the district that usually carry it out.</param>
/// <param name="OutsideDistrict">True when no department of the district does.</param>
/// <param name="ReachesPersons">True when it is carried out on natural persons: then also on those who answer for a unit (R-3.4.6.c).</param>
/// <param name="WatchGrade">What makes it proportionate for watched subjects; null when it never is.</param>
/// <param name="NamedByPolicy">Ordinals, from 1 to 15, of the administrative measures of 三(四)2 it is (R-3.4.2.a); null for none.</param>
/// <param name="LegalBases">What it rests on where a memorandum prints no basis (R-3.5.3.a).</param>
internal sealed record CanonicalMeasure(
    string Key,
    string Name,
    string Wording,
    MeasureNature Nature,
    MeasureObligation Obligation,
    IReadOnlyList<string> Departments,
    bool OutsideDistrict,
    IReadOnlyList<CitedBasis> LegalBases,
    bool ReachesPersons = false,
    WatchGrade? WatchGrade = null,
    IReadOnlyList<int>? NamedByPolicy = null);

/// <summary>The dictionary of canonical measures.</summary>
internal sealed class CanonicalMeasures(IReadOnlyList<CanonicalMeasure> measures)
{
    private readonly FrozenDictionary<string, CanonicalMeasure> _byKey = measures.ToFrozenDictionary(measure => measure.Key);

    /// <summary>Restricting subjects because a memorandum lists them: what a measure is that no other canonical measure describes (三(四)2 names it last).</summary>
    private const string ByMemorandum = "P48";

    /// <summary>All, in the order of the dictionary.</summary>
    public IReadOnlyList<CanonicalMeasure> All => measures;

    /// <summary>The dictionary that ships with the core.</summary>
    public static CanonicalMeasures Load() => new(ReferenceFile.Read<CanonicalMeasure[]>("measures.json"));

    /// <summary>True when the measure of a unit's entry is carried out on this person of the unit too: as the memorandum says, else as the dictionary does (R-3.4.6.c).</summary>
    public bool Reaches(Measure measure, Responsibility responsibility) => measure.Reaches.Count > 0
        ? measure.Reaches.Contains(responsibility)
        : measure.Canonical.Any(key => Find(key) is { ReachesPersons: true });

    /// <summary>The measure with this key, or null.</summary>
    public CanonicalMeasure? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>What a measure rests on: its own bases, else those of the canonical measures it is an instance of (R-3.5.3.a).</summary>
    public MeasureCitation Cite(Measure measure)
    {
        string[] keys = measure.Canonical.Count > 0 ? [.. measure.Canonical] : [ByMemorandum];
        return MeasureCitation.Of(measure, keys.Select(Find).OfType<CanonicalMeasure>().SelectMany(found => found.LegalBases));
    }
}
