using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Abstractions;
using Credit.Core.Reference;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Core.Modules;

/// <summary>A memorandum as a department keeps it in a file: one file, all its versions (R-3.5.2.a, R-3.5.3.c).</summary>
internal sealed record MemorandumFile(
    string Code,
    string Title,
    string DocumentNumber,
    DateOnly? IssuedOn,
    string Signers,
    string Lead,
    string Targets,
    MemorandumTriggerRow Trigger,
    string? FeedbackCadence,
    IReadOnlyList<MemorandumVersionRow> Versions,
    [property: JsonPropertyName("$schema")] string? Schema = null)
{
    private const string Folder = "Memoranda/";

    /// <summary>Reads the memoranda embedded in a module, one per version, and adds every fault found to <paramref name="reasons"/>.</summary>
    public static IReadOnlyList<LoadedMemorandum> LoadFrom(Assembly module, DepartmentDirectory departments, CanonicalMeasures canonical, ICollection<string> reasons)
    {
        var loaded = new List<LoadedMemorandum>();
        foreach (var name in module.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = module.GetManifestResourceStream(name)!;
            using var text = new StreamReader(stream);
            loaded.AddRange(Parse(text.ReadToEnd(), $"{module.GetName().Name}: {name}", departments, canonical, reasons));
        }

        return loaded;
    }

    /// <summary>Parses one file.</summary>
    /// <param name="json">Text of the file.</param>
    /// <param name="place">Where it comes from, to start each reason with.</param>
    /// <param name="departments">Departments a measure may name.</param>
    /// <param name="canonical">Canonical measures a measure may name.</param>
    /// <param name="reasons">Receives every fault, not the first one only.</param>
    public static IReadOnlyList<LoadedMemorandum> Parse(
        string json, string place, DepartmentDirectory departments, CanonicalMeasures canonical, ICollection<string> reasons)
    {
        MemorandumFile? file;
        try
        {
            file = JsonSerializer.Deserialize<MemorandumFile>(json, ReferenceFile.Json);
        }
        catch (JsonException malformed)
        {
            reasons.Add($"{place} is not a memorandum: {malformed.Message}");
            return [];
        }

        if (file is null)
        {
            reasons.Add($"{place} is empty.");
            return [];
        }

        var faults = file.Faults(departments, canonical).ToList();
        faults.ForEach(fault => reasons.Add($"{place}: {fault}"));
        return faults.Count > 0 ? [] : [.. file.Versions.Select(version => new LoadedMemorandum(file, version))];
    }

    private IEnumerable<string> Faults(DepartmentDirectory departments, CanonicalMeasures canonical)
    {
        if (Trigger.Domains.Count == 0)
        {
            yield return "the trigger names no domain, so nothing would ever set it off.";
        }

        if (Versions.Count == 0)
        {
            yield return "it has no version.";
        }

        foreach (var (earlier, later) in Versions.Zip(Versions.Skip(1)))
        {
            if (later.Version <= earlier.Version)
            {
                yield return $"version {later.Version} follows version {earlier.Version}; versions count upwards.";
            }

            if (earlier.EffectiveTo is not { } end || later.EffectiveFrom <= end)
            {
                yield return $"version {earlier.Version} is still in force when version {later.Version} begins.";
            }
        }

        foreach (var version in Versions)
        {
            if (version.EffectiveTo < version.EffectiveFrom)
            {
                yield return $"version {version.Version} ends before it begins.";
            }

            foreach (var ordinal in version.Measures.CountBy(measure => measure.Ordinal).Where(count => count.Value > 1))
            {
                yield return $"version {version.Version} has measure {ordinal.Key} more than once.";
            }

            foreach (var fault in version.Measures.SelectMany(measure => measure.Faults(departments, canonical)))
            {
                yield return $"version {version.Version}, {fault}";
            }
        }
    }
}

/// <summary>What sets the measures off.</summary>
internal sealed record MemorandumTriggerRow(ListKind List, IReadOnlyList<string> Domains);

/// <summary>One version of a memorandum; both days are included.</summary>
internal sealed record MemorandumVersionRow(int Version, DateOnly EffectiveFrom, DateOnly? EffectiveTo, IReadOnlyList<MeasureLine> Measures);

/// <summary>One measure as the file has it.</summary>
internal sealed record MeasureLine(
    string Ordinal,
    string Wording,
    IReadOnlyList<string> Canonical,
    MeasureNature Nature,
    MeasureObligation Obligation,
    string Bodies,
    IReadOnlyList<string> Departments,
    bool OutsideDistrict,
    IReadOnlyList<LegalBasis> LegalBases,
    bool WatchApplicable,
    bool OnlyAbleButRefuses,
    int WithinWorkingDays,
    Evidence Evidence)
{
    /// <summary>Everything wrong with the row. Drafts are shown and never dispatched, so the rule on legal bases waits for them.</summary>
    public IEnumerable<string> Faults(DepartmentDirectory departments, CanonicalMeasures canonical)
    {
        var draft = Evidence is Evidence.Medium or Evidence.Low;
        if (Obligation == MeasureObligation.Mandatory && !draft && !LegalBases.Any(basis => basis.Level is LegalLevel.Law or LegalLevel.Regulation))
        {
            yield return $"measure {Ordinal}: mandatory without a law or regulation (R-3.5.3.b). Cite one, or make it recommended.";
        }

        if (Nature is MeasureNature.Market or MeasureNature.Industry or MeasureNature.Social && Obligation == MeasureObligation.Mandatory)
        {
            yield return $"measure {Ordinal}: of {Nature} nature, so it can only be recommended (R-3.4.3.c).";
        }

        if (Departments.Count == 0 != OutsideDistrict)
        {
            yield return $"measure {Ordinal}: name a department of the district, or set outsideDistrict; one of the two.";
        }

        foreach (var department in Departments)
        {
            if (departments.Find(department) is not { } found)
            {
                yield return $"measure {Ordinal}: unknown department '{department}'.";
            }
            else if (found.OutsideDistrict)
            {
                yield return $"measure {Ordinal}: '{department}' is not under the district and cannot get tasks.";
            }
        }

        foreach (var key in Canonical.Where(key => canonical.Find(key) is null))
        {
            yield return $"measure {Ordinal}: unknown canonical measure '{key}'.";
        }

        if (WatchApplicable && !Proportion.FitsWatch(Nature, [.. Canonical.Select(key => canonical.Find(key)?.WatchGrade)]))
        {
            yield return $"measure {Ordinal}: watchApplicable, but more than supervision or the loss of a benefit (R-3.5.5.b). Watched subjects are not barred.";
        }

        if (WithinWorkingDays < 1)
        {
            yield return $"measure {Ordinal}: withinWorkingDays is {WithinWorkingDays}; at least 1.";
        }

        if (string.IsNullOrWhiteSpace(Wording))
        {
            yield return $"measure {Ordinal}: no wording.";
        }
    }

    /// <summary>The measure of the domain.</summary>
    public Measure ToMeasure(string code) => new()
    {
        Key = $"{code}/{Ordinal}",
        Ordinal = Ordinal,
        Wording = Wording,
        Canonical = Canonical,
        Nature = Nature,
        Obligation = Obligation,
        Departments = Departments,
        PrintedBodies = Bodies,
        LegalBases = LegalBases,
        WatchApplicable = WatchApplicable,
        OnlyAbleButRefuses = OnlyAbleButRefuses,
        Within = new WorkingDays(WithinWorkingDays),
        Evidence = Evidence,
    };
}

/// <summary>One version of a memorandum, read from its file.</summary>
internal sealed class LoadedMemorandum(MemorandumFile file, MemorandumVersionRow version) : IMemorandum
{
    public string Code => file.Code;

    public string Title => file.Title;

    public string DocumentNumber => file.DocumentNumber;

    public DateOnly? IssuedOn => file.IssuedOn;

    /// <summary>Who signed, as the source states it: often a count only.</summary>
    public string Signers => file.Signers;

    /// <summary>The ministry in the lead, as printed.</summary>
    public string Lead => file.Lead;

    /// <summary>Whom it is aimed at, as printed.</summary>
    public string Targets => file.Targets;

    /// <summary>How often departments report back, as printed; null when the text does not say.</summary>
    public string? FeedbackCadence => file.FeedbackCadence;

    public int Version => version.Version;

    public DateOnly EffectiveFrom => version.EffectiveFrom;

    public DateOnly? EffectiveTo => version.EffectiveTo;

    public MemorandumTrigger Trigger { get; } = new(file.Trigger.List, file.Trigger.Domains);

    public IReadOnlyList<Measure> Measures { get; } = [.. version.Measures.Select(measure => measure.ToMeasure(file.Code))];
}
