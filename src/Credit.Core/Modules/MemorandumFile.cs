using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Abstractions;
using Credit.Core.Reference;
using Credit.Domain.Accountability;
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
            reasons.Add(ModuleDiagnostic.MemorandumFile.Say($"{place} is not a memorandum: {malformed.Message} Its shape is api-specs/memorandum.v1.schema.json."));
            return [];
        }

        if (file is null)
        {
            reasons.Add(ModuleDiagnostic.MemorandumFile.Say($"{place} is empty. Its shape is api-specs/memorandum.v1.schema.json."));
            return [];
        }

        var faults = file.Faults(departments, canonical).ToList();
        faults.ForEach(fault => reasons.Add(fault.Rule.Say($"{place}: {fault.Text}")));
        return faults.Count > 0 ? [] : [.. file.Versions.Select(version => new LoadedMemorandum(file, version))];
    }

    private IEnumerable<(ModuleDiagnostic Rule, string Text)> Faults(DepartmentDirectory departments, CanonicalMeasures canonical)
    {
        if (Trigger.Domains.Count == 0)
        {
            yield return (ModuleDiagnostic.MemorandumVersions, "the trigger names no domain, so nothing would ever set it off.");
        }

        if (Versions.Count == 0)
        {
            yield return (ModuleDiagnostic.MemorandumVersions, "it has no version.");
        }

        foreach (var (earlier, later) in Versions.Zip(Versions.Skip(1)))
        {
            if (later.Version <= earlier.Version)
            {
                yield return (ModuleDiagnostic.MemorandumVersions, $"version {later.Version} follows version {earlier.Version}; versions count upwards.");
            }

            if (earlier.EffectiveTo is not { } end || later.EffectiveFrom <= end)
            {
                yield return (ModuleDiagnostic.MemorandumVersions, $"version {earlier.Version} is still in force when version {later.Version} begins.");
            }
        }

        foreach (var version in Versions)
        {
            if (version.EffectiveTo < version.EffectiveFrom)
            {
                yield return (ModuleDiagnostic.MemorandumVersions, $"version {version.Version} ends before it begins.");
            }

            foreach (var ordinal in version.Measures.CountBy(measure => measure.Ordinal).Where(count => count.Value > 1))
            {
                yield return (ModuleDiagnostic.MeasureRow, $"version {version.Version} has measure {ordinal.Key} more than once.");
            }

            foreach (var fault in version.Measures.SelectMany(measure => measure.Faults(Code, Trigger, departments, canonical)))
            {
                yield return (ModuleDiagnostic.MeasureRow, $"version {version.Version}, {fault.English}");
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
    Evidence Evidence,
    MeasureObligation? PrintedObligation = null,
    IReadOnlyList<Responsibility>? Reaches = null)
{
    /// <summary>Everything wrong with the row: the rules of the domain, and what needs the directory and the dictionary.</summary>
    /// <param name="code">Code of the memorandum.</param>
    /// <param name="trigger">What triggers it.</param>
    /// <param name="departments">Departments a measure may name.</param>
    /// <param name="canonical">Canonical measures a measure may name.</param>
    public IEnumerable<Refusal> Faults(string code, MemorandumTriggerRow trigger, DepartmentDirectory departments, CanonicalMeasures canonical)
    {
        foreach (var refusal in MeasureRules.Against(ToMeasure(code), OutsideDistrict, trigger.Domains, trigger.List))
        {
            yield return refusal;
        }

        foreach (var refusal in UnknownTo(departments, canonical))
        {
            yield return refusal;
        }
    }

    /// <summary>What needs the directory and the dictionary to be seen.</summary>
    public IEnumerable<Refusal> UnknownTo(DepartmentDirectory departments, CanonicalMeasures canonical)
    {
        foreach (var department in Departments)
        {
            if (departments.Find(department) is not { } found)
            {
                yield return new(
                    "measure-department-unknown", $"措施{Ordinal}: 没有部门{department}。", $"measure {Ordinal}: unknown department '{department}'.", Clause.R("3.5.3.a"), "measures");
            }
            else if (found.OutsideDistrict)
            {
                yield return new(
                    "measure-department-outside",
                    $"措施{Ordinal}: {department}不属本区，不能下达任务。",
                    $"measure {Ordinal}: '{department}' is not under the district and cannot get tasks.",
                    Clause.R("3.5.3.a"),
                    "measures");
            }
            else if (found.Kind is BodyKind.FinancialInstitution or BodyKind.Association)
            {
                // Banks price risk themselves and associations discipline their members themselves: guided, never ordered (R-3.4.3.c).
                yield return new(
                    "measure-orders-market",
                    $"措施{Ordinal}: 金融机构、行业协会只能引导，不得下达任务。",
                    $"measure {Ordinal}: '{department}' is guided, never given a task (R-3.4.3.c).",
                    Clause.R("3.4.3.c"),
                    "measures");
            }
        }

        if (WatchApplicable && !Proportion.FitsWatch(Nature, [.. Canonical.Select(key => canonical.Find(key)?.WatchGrade)]))
        {
            yield return new(
                "measure-not-proportionate",
                $"措施{Ordinal}: 重点关注对象只适用监管类和优惠类措施。",
                $"measure {Ordinal}: watchApplicable, but more than supervision or the loss of a benefit (R-3.5.5.b). Watched subjects are not barred.",
                Clause.R("3.5.5.b"),
                "measures");
        }

        foreach (var key in Canonical.Where(key => canonical.Find(key) is null))
        {
            yield return new(
                "measure-canonical-unknown", $"措施{Ordinal}: 没有标准措施{key}。", $"measure {Ordinal}: unknown canonical measure '{key}'.", Clause.R("3.5.3.a"), "measures");
        }
    }

    /// <summary>The row of a measure.</summary>
    public static MeasureLine Of(Measure measure) => new(
        measure.Ordinal, measure.Wording, measure.Canonical, measure.Nature, measure.Obligation, measure.PrintedBodies, measure.Departments,
        measure.Departments.Count == 0, measure.LegalBases, measure.WatchApplicable, measure.OnlyAbleButRefuses, measure.Within.Count, measure.Evidence,
        measure.PrintedObligation, measure.Reaches.Count == 0 ? null : measure.Reaches);

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
        PrintedObligation = PrintedObligation,
        Reaches = Reaches ?? [],
    };
}

/// <summary>One version of a memorandum, read from its file.</summary>
internal sealed class LoadedMemorandum(MemorandumFile file, MemorandumVersionRow version) : IMemorandum
{
    public string Code => file.Code;

    public string Title => file.Title;

    public string DocumentNumber => file.DocumentNumber;

    public DateOnly? IssuedOn => file.IssuedOn;

    public string Signers => file.Signers;

    public string Lead => file.Lead;

    public string Targets => file.Targets;

    public string? FeedbackCadence => file.FeedbackCadence;

    public int Version => version.Version;

    public DateOnly EffectiveFrom => version.EffectiveFrom;

    public DateOnly? EffectiveTo => version.EffectiveTo;

    public MemorandumTrigger Trigger { get; } = new(file.Trigger.List, file.Trigger.Domains);

    public IReadOnlyList<Measure> Measures { get; } = [.. version.Measures.Select(measure => measure.ToMeasure(file.Code))];
}
