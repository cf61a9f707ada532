using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>A memorandum in one version, as far as the model needs it.</summary>
internal sealed record MemorandumVersion(
    string Code, int Version, ListKind List, IReadOnlyList<string> Domains, DateOnly From, DateOnly? To, IReadOnlyList<Measure> Measures);

/// <summary>The district's memoranda in all their versions.</summary>
internal sealed class Catalogue(IEnumerable<MemorandumVersion> versions)
{
    private readonly List<MemorandumVersion> _versions = [.. versions];

    public IReadOnlyList<MemorandumVersion> Versions => _versions;

    /// <summary>Three memoranda: black in two domains, black in a third, red in two; the fourth domain has none.</summary>
    public static Catalogue OfModel() => new(
    [
        new("M-BLACK", 1, ListKind.Black, [Cast.Domains[0], Cast.Domains[1]], new(2016, 1, 1), null,
        [
            Measure("M-BLACK/1", MeasureObligation.Mandatory, [Cast.Departments[0], Cast.Departments[1]], watch: true),
            Measure("M-BLACK/2", MeasureObligation.Recommended, [Cast.Departments[2]]),
            Measure("M-BLACK/3", MeasureObligation.Mandatory, [Cast.Departments[0]]) with { OnlyAbleButRefuses = true },
            Measure("M-BLACK/4", MeasureObligation.Recommended, [Cast.Departments[1]]) with { Evidence = Evidence.Medium },
        ]),
        new("M-RARE", 1, ListKind.Black, [Cast.Domains[2]], new(2016, 1, 1), null, [Measure("M-RARE/1", MeasureObligation.Mandatory, [Cast.Departments[2]])]),
        new("M-RED", 1, ListKind.Red, [Cast.Domains[0], Cast.Domains[2]], new(2016, 1, 1), null,
            [Measure("M-RED/1", MeasureObligation.Recommended, [Cast.Departments[0], Cast.Departments[2]])]),
    ]);

    /// <summary>A new version of the memorandum from a day on; the one before ends the day before. Returns false when one begins then or later.</summary>
    public bool Revise(int pick, DateOnly from)
    {
        var codes = _versions.Select(version => version.Code).Distinct().ToArray();
        var last = _versions.Where(version => version.Code == codes[pick % codes.Length]).MaxBy(version => version.Version)!;
        if (last.From >= from)
        {
            return false;
        }

        // The first measure changes its grade for watch entries: running tasks must keep the old one.
        var measures = last.Measures.Select((measure, at) => at == 0 ? measure with { WatchApplicable = !measure.WatchApplicable } : measure).ToArray();
        _versions[_versions.IndexOf(last)] = last with { To = from.AddDays(-1) };
        _versions.Add(last with { Version = last.Version + 1, From = from, To = null, Measures = measures });
        return true;
    }

    private static Measure Measure(string key, MeasureObligation obligation, string[] departments, bool watch = false) => new()
    {
        Key = key,
        Ordinal = key[^1..],
        Wording = $"措施 {key}",
        Nature = MeasureNature.Administrative,
        Obligation = obligation,
        Departments = departments,
        LegalBases = [new LegalBasis("某法", LegalLevel.Law)],
        WatchApplicable = watch,
        Within = new WorkingDays(10),
        Evidence = Evidence.Seen,
    };
}
